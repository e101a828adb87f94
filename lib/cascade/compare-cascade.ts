import type { Manifest } from '../artifact/manifest.js';
import { type Currency, costsIn, frontExits, type Prices, pricesOf } from '../artifact/timings/prices.js';
import { type ComparedMethod, type Comparison, judge, makePoints } from '../calibrate/compare.js';
import { stratifiedHalves } from '../data/split.js';
import type { ExitCosts } from '../exits/exit-table.js';
import { outputRows } from '../exits/recorded-outputs.js';
import { loadPool } from '../records/recorded-cascade.js';
import { quantile } from '../stats/quantile.js';

/** What is compared and how often. */
export interface ComparisonOptions {
  readonly methods: readonly ComparedMethod[];
  /** Fractions. */
  readonly drops: readonly number[];
  /** Shares of the full network's cost. */
  readonly budgets: readonly number[];
  /** Halvings of the recorded images, with seeds from 0 on. */
  readonly splits: number;
  /** What exits cost; MACs alone when left out. */
  readonly prices?: Prices;
  /** What points are cheap in, and what budgets are in; `macs` when left out. */
  readonly currency?: Currency;
  /** Called after every halving with those done. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Ends of the interval over halvings. */
const INTERVAL = [0.025, 0.975] as const;

/** Over the halvings, as a fraction. */
export interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What a method does; null where it cannot do what is asked on one of the halvings. */
export interface MethodResult {
  readonly method: ComparedMethod;
  /** Shares of the full network's multiply-accumulates saved, one an asked drop. */
  readonly savedAtDrop: readonly (Spread | null)[];
  /** Shares of its time, among the same operating points; null where no times are known. */
  readonly timeSavedAtDrop: readonly (Spread | null)[] | null;
  /** Drops of accuracy, one an asked budget. */
  readonly dropAtBudget: readonly (Spread | null)[];
}

/** What came of a comparison. */
export interface CascadeComparison {
  /** Recorded images that were halved. */
  readonly images: number;
  readonly results: readonly MethodResult[];
}

/**
 * Compares methods on the same recorded images and the same halvings: mean and 95 % interval over the halvings.
 *
 * @throws CascadeError if the records are missing or damaged; the signal's reason if it is aborted.
 */
export async function compareCascade(
  folder: string,
  manifest: Manifest,
  options: ComparisonOptions,
): Promise<CascadeComparison> {
  const { methods, drops, budgets, splits, onProgress, signal } = options;
  const { prices = pricesOf(manifest, null), currency = 'macs' } = options;
  const { outputs } = await loadPool(folder, manifest);
  const judged = methods.map((): Judged[] => []);
  for (let seed = 0; seed < splits; seed++) {
    const [first, second] = stratifiedHalves(outputs.labels, seed);
    const making = { ...outputRows(outputs, first), costs: costsIn(currency, prices) };
    const judging = outputRows(outputs, second);
    for (const [index, method] of methods.entries()) {
      const points = makePoints(method, making, frontExits(currency));
      const judgedIn = (costs: ExitCosts): Comparison => judge(points, { ...judging, costs }, drops, budgets);
      judged[index]!.push({
        macs: judgedIn(prices.macs),
        ...(prices.time && { time: judgedIn(prices.time.costs) }),
      });
      // Lets Ctrl-C in between two methods.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    onProgress?.(seed + 1);
  }
  const results = methods.map((method, index) => {
    const ofAll = judged[index]!;
    const savedIn = (own: Currency) =>
      drops.map((_, position) => spreadOf(ofAll.map((each) => each[own]!.savedAtDrop[position]!)));
    return {
      method,
      savedAtDrop: savedIn('macs'),
      timeSavedAtDrop: prices.time && savedIn('time'),
      dropAtBudget: budgets.map((_, position) =>
        spreadOf(ofAll.map((each) => each[currency]!.dropAtBudget[position]!)),
      ),
    };
  });
  return { images: outputs.labels.length, results };
}

/** What a method does on one halving, in each currency that is known. */
interface Judged {
  readonly macs: Comparison;
  readonly time?: Comparison;
}

function spreadOf(values: readonly (number | null)[]): Spread | null {
  const there = values.filter((value) => value !== null);
  if (there.length < values.length) return null;
  const [low, high] = INTERVAL.map((share) => quantile(there, share));
  return { mean: there.reduce((sum, value) => sum + value, 0) / there.length, low: low!, high: high! };
}
