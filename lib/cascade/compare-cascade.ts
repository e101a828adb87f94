import { type Comparison, type Contender, judge } from '../calibrate/compare.js';
import { stratifiedHalves } from '../data/split.js';
import { outputRows } from '../exits/recorded-outputs.js';
import { scoringName } from '../exits/scoring.js';
import type { CsvValue } from '../report/csv.js';
import { percent } from '../report/numbers.js';
import { quantile } from '../stats/quantile.js';
import type { Manifest } from './manifest.js';
import { loadPool } from './recorded-cascade.js';

/** What is compared and how often. */
export interface ComparisonOrder {
  readonly contenders: readonly Contender[];
  /** Fractions. */
  readonly drops: readonly number[];
  /** Shares of the full network's multiply-accumulates. */
  readonly budgets: readonly number[];
  /** Halvings of the recorded inputs, with seeds from 0 on. */
  readonly splits: number;
  /** Called after every halving with those done. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Ends of the interval over halvings. */
const INTERVAL = [0.025, 0.975] as const;

export type ComparisonRow = Readonly<Record<string, CsvValue>>;

/**
 * Compares contenders on the same recorded inputs and the same halvings; rows of `compare.csv`: mean and 95 % interval over the
 * halvings.
 *
 * @throws CascadeError if the records are missing or damaged; the signal's reason if it is aborted.
 */
export async function compareCascade(
  folder: string,
  manifest: Manifest,
  { contenders, drops, budgets, splits, onProgress, signal }: ComparisonOrder,
): Promise<readonly ComparisonRow[]> {
  const { outputs } = await loadPool(folder, manifest);
  const results: Comparison[][] = contenders.map(() => []);
  for (let seed = 0; seed < splits; seed++) {
    const [first, second] = stratifiedHalves(outputs.labels, seed);
    const [making, judging] = [outputRows(outputs, first), outputRows(outputs, second)];
    for (const [index, contender] of contenders.entries()) {
      results[index]!.push(judge(contender, making, judging, drops, budgets));
      // Lets Ctrl-C in between two contenders.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    onProgress?.(seed + 1);
  }
  return contenders.flatMap((contender, index) => {
    const common = commonCells(manifest, contender, splits, outputs.labels.length);
    const ofAll = results[index]!;
    const atDrops = drops.map((drop, position) => {
      const [mean, low, high] = summary(ofAll.map(({ savedAtDrop }) => savedAtDrop[position]!));
      return {
        ...common,
        max_drop_points: percent(drop),
        max_macs_percent: null,
        macs_saved_percent: mean,
        macs_saved_low_percent: low,
        macs_saved_high_percent: high,
        drop_points: null,
        drop_low_points: null,
        drop_high_points: null,
      };
    });
    const atBudgets = budgets.map((budget, position) => {
      const [mean, low, high] = summary(ofAll.map(({ dropAtBudget }) => dropAtBudget[position]!));
      return {
        ...common,
        max_drop_points: null,
        max_macs_percent: percent(budget),
        macs_saved_percent: null,
        macs_saved_low_percent: null,
        macs_saved_high_percent: null,
        drop_points: mean,
        drop_low_points: low,
        drop_high_points: high,
      };
    });
    return [...atDrops, ...atBudgets];
  });
}

function commonCells(manifest: Manifest, contender: Contender, splits: number, images: number) {
  return {
    cascade: manifest.name,
    dataset: manifest.dataset,
    exits: contender.exits.map((exit) => manifest.exits[exit]!.block).join(' '),
    method: contender.kind === 'thresholds' ? contender.method : contender.kind,
    criterion: contender.kind === 'thresholds' ? scoringName(contender.scoring) : null,
    splits,
    images,
    mac_convention: manifest.mac_convention,
  };
}

/** Mean and interval in percent; nothing where a contender cannot do what is asked on one of the halvings. */
function summary(
  values: readonly (number | null)[],
): readonly [mean: number | null, low: number | null, high: number | null] {
  const there = values.filter((value) => value !== null);
  if (there.length < values.length) return [null, null, null];
  const mean = there.reduce((sum, value) => sum + value, 0) / there.length;
  const [low, high] = INTERVAL.map((share) => quantile(there, share));
  return [percent(mean), percent(low!), percent(high!)];
}
