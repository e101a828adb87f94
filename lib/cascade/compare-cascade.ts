import type { Manifest } from '../artifact/manifest.js';
import { type Currency, costsIn, frontExits, type Prices, pricesOf } from '../artifact/timings/prices.js';
import {
  type ComparedMethod,
  type Comparison,
  type JudgedPoint,
  judge,
  judgeExit,
  makePoints,
} from '../calibrate/compare.js';
import { stratifiedHalves } from '../data/split.js';
import type { ExitCosts } from '../exits/exit-table.js';
import { outputRows } from '../exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../exits/scoring.js';
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
  /** The networks of a chain but the full one, each by itself: what any adaptive method must beat. None where there is no chain. */
  readonly networks: readonly NetworkResult[];
}

/** What one network of a chain does by itself, as fractions. */
export interface NetworkResult {
  /** Position of the exit at its end. */
  readonly exit: number;
  /** Share of the full network's multiply-accumulates. */
  readonly saved: number;
  /** Share of its time; null where no times are known. */
  readonly timeSaved: number | null;
  readonly drop: Spread;
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
  const judged = methods.map((): Judged<Comparison>[] => []);
  const ends = manifest.exits.flatMap(({ head }, exit) => (head === 'classifier' ? [exit] : []));
  const alone = ends.map((): Judged<JudgedPoint>[] => []);
  const scoring = { ...DEFAULT_SCORING, top: methods[0]?.scoring.top ?? DEFAULT_SCORING.top };
  for (let seed = 0; seed < splits; seed++) {
    const [first, second] = stratifiedHalves(outputs.labels, seed);
    const making = { ...outputRows(outputs, first), costs: costsIn(currency, prices) };
    const judging = outputRows(outputs, second);
    for (const [index, method] of methods.entries()) {
      const points = makePoints(method, making, frontExits(currency));
      judged[index]!.push(inEach(prices, (costs) => judge(points, { ...judging, costs }, drops, budgets)));
      // Lets Ctrl-C in between two methods.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    for (const [index, exit] of ends.entries())
      alone[index]!.push(inEach(prices, (costs) => judgeExit({ ...judging, costs }, exit, scoring)));
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
  const networks = ends.map((exit, index) => ({
    exit,
    saved: alone[index]![0]!.macs.saved,
    timeSaved: alone[index]![0]!.time?.saved ?? null,
    drop: spreadOf(alone[index]!.map(({ macs }) => macs.drop))!,
  }));
  return { images: outputs.labels.length, results, networks };
}

/** What something does on one halving, in each currency that is known. */
interface Judged<Figures> {
  readonly macs: Figures;
  readonly time?: Figures;
}

function inEach<Figures>({ macs, time }: Prices, judgedBy: (costs: ExitCosts) => Figures): Judged<Figures> {
  return { macs: judgedBy(macs), ...(time && { time: judgedBy(time.costs) }) };
}

function spreadOf(values: readonly (number | null)[]): Spread | null {
  const there = values.filter((value) => value !== null);
  if (there.length < values.length) return null;
  const [low, high] = INTERVAL.map((share) => quantile(there, share));
  return { mean: there.reduce((sum, value) => sum + value, 0) / there.length, low: low!, high: high! };
}
