import { FULL_NETWORK } from '../artifact/exit-names.js';
import type { Manifest } from '../artifact/manifest.js';
import type { Prices } from '../artifact/timings/prices.js';
import { inMilliseconds } from '../cascade/evaluation.js';
import { onlyExit } from '../exits/single-exit-counts.js';
import { leavingCosts } from '../exits/thresholds.js';
import { percent } from '../stats/percent.js';
import type { CsvValue } from './csv.js';

/**
 * Rows of `exits.csv`: what each exit would do if every image left there, only its own head run; the full network last.
 *
 * @param correct `singleExitCounts` of the images.
 */
export function singleExitRows(
  source: Manifest,
  { macs: macCosts, time }: Prices,
  correct: readonly number[],
  images: number,
  splitSeed: number,
): readonly Readonly<Record<string, CsvValue>>[] {
  return correct.map((count, index) => {
    const exit = source.exits[index];
    const enabled = onlyExit(index, source.exits.length);
    const macs = leavingCosts(macCosts, enabled)[index]!;
    return {
      cascade: source.name,
      dataset: source.dataset,
      split: 'test',
      split_seed: splitSeed,
      exit: index,
      block: exit?.block ?? null,
      name: exit?.name ?? FULL_NETWORK,
      head: exit?.head ?? null,
      images,
      accuracy_percent: percent(count / images),
      macs,
      macs_percent: percent(macs / macCosts.full),
      mac_convention: source.mac_convention,
      seed: source.seed,
      batch_size: time?.timing.batch_size ?? null,
      ...predictedCells(time, enabled, index),
    };
  });
}

function predictedCells(time: Prices['time'], enabled: readonly boolean[], exit: number) {
  if (time === null) return { predicted_milliseconds: null, predicted_time_percent: null };
  const nanoseconds = leavingCosts(time.costs, enabled)[exit]!;
  return {
    predicted_milliseconds: inMilliseconds(nanoseconds),
    predicted_time_percent: percent(nanoseconds / time.costs.full),
  };
}
