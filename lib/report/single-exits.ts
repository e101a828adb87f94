import { FULL_NETWORK } from '../artifact/exit-names.js';
import type { Manifest } from '../artifact/manifest.js';
import type { ExitCosts } from '../exits/exit-table.js';
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
  costs: ExitCosts,
  correct: readonly number[],
  images: number,
  splitSeed: number,
): readonly Readonly<Record<string, CsvValue>>[] {
  return correct.map((count, index) => {
    const exit = source.exits[index];
    const macs = leavingCosts(costs, onlyExit(index, source.exits.length))[index]!;
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
      macs_percent: percent(macs / costs.full),
      mac_convention: source.mac_convention,
      seed: source.seed,
    };
  });
}
