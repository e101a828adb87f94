import type { Manifest } from '../../artifact/manifest.js';
import { type Currency, type Prices, pricesOf } from '../../artifact/timings/prices.js';
import type { ComparedMethod, JudgedPoint } from '../../calibrate/compare.js';
import { DEFAULT_SCORING, scoringName } from '../../exits/scoring.js';
import { loadPool } from '../../records/recorded-cascade.js';
import { quantile } from '../../stats/quantile.js';
import type { Judged } from './compare-halving.js';
import { compareHalvings } from './compare-halvings.js';
import { openKeptHalvings, planOf } from './kept-halvings.js';

/** What is compared and how often. */
export interface ComparisonOptions {
  readonly methods: readonly ComparedMethod[];
  /** Fractions. */
  readonly drops: readonly number[];
  /** Shares of the full network's cost. */
  readonly budgets: readonly number[];
  /** Halvings of the recorded images, with seeds from 0 on. */
  readonly splits: number;
  /** Confidence of a promise that is asked for besides, a fraction; without one when left out. */
  readonly confidence?: number;
  /** What exits cost; MACs alone when left out. */
  readonly prices?: Prices;
  /** What points are cheap in, and what budgets are in; `macs` when left out. */
  readonly currency?: Currency;
  /** Where halvings are kept until all are done, so that an interrupted comparison of the same version of cascade goes on. */
  readonly kept?: { readonly file: string; readonly version: string };
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
  /** Shares of the MACs saved beyond the paper's path on the same halvings, one an asked drop; null where that was not compared. */
  readonly aheadAtDrop: readonly (Spread | null)[] | null;
  /** What a promise leaves, one an asked drop; null where none was asked for, or for what makes no path. */
  readonly promised: readonly PromisedResult[] | null;
}

/** What a method does that promises a drop: thresholds from one half, tested on part of it, judged on the other half. */
export interface PromisedResult {
  /** Share of the full network's multiply-accumulates. */
  readonly saved: Spread;
  /** Share of its time; null where no times are known. */
  readonly timeSaved: Spread | null;
  /** The drop on the judging half. */
  readonly drop: Spread;
  /** Shares of the MACs saved beyond the paper's path under the same promise; null where that was not compared. */
  readonly ahead: Spread | null;
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
  const { methods, drops, budgets, splits, confidence, kept: keeping, onProgress, signal } = options;
  const { prices = pricesOf(manifest, null), currency = 'macs' } = options;
  const { outputs } = await loadPool(folder, manifest);
  const ends = manifest.exits.flatMap(({ head }, exit) => (head === 'classifier' ? [exit] : []));
  const asked = { methods, drops, budgets, confidence, prices, currency, ends };
  const kept =
    keeping && (await openKeptHalvings(keeping.file, planOf(outputs, asked, keeping.version), asked));
  const halvings = await compareHalvings(outputs, asked, splits, { onProgress, signal, kept });
  await kept?.remove();
  const judged = methods.map((_, index) => halvings.map(({ free }) => free[index]!));
  const promises = methods.map((_, index) => halvings.map(({ promised }) => promised[index]!));
  const alone = ends.map((_, index) => halvings.map((halving) => halving.alone[index]!));
  const results = methods.map((method, index): MethodResult => {
    const ofAll = judged[index]!;
    const reference = methods.findIndex((other) => isPapersPath(other, method.exits));
    const savedIn = (own: Currency) =>
      drops.map((_, position) => spreadOf(ofAll.map((each) => each[own]!.savedAtDrop[position]!)));
    const isPromised = promises[index]!.every((each) => each !== null);
    return {
      method,
      savedAtDrop: savedIn('macs'),
      timeSavedAtDrop: prices.time && savedIn('time'),
      dropAtBudget: budgets.map((_, position) =>
        spreadOf(ofAll.map((each) => each[currency]!.dropAtBudget[position]!)),
      ),
      aheadAtDrop:
        reference < 0
          ? null
          : drops.map((_, position) =>
              differenceOf(
                [ofAll, judged[reference]!].map((all) => all.map(({ macs }) => macs.savedAtDrop[position]!)),
              ),
            ),
      promised: isPromised
        ? drops.map((_, position) =>
            promisedResult(promises[index]!, reference < 0 ? null : promises[reference]!, position),
          )
        : null,
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

/** Whether a method is the paper's rule with one ε, which others are held against, on the same exits. */
function isPapersPath(method: ComparedMethod, exits: readonly number[]): boolean {
  return (
    method.kind === 'thresholds' &&
    method.method === 'paper-path' &&
    scoringName({ ...method.scoring, top: 1 }) === scoringName(DEFAULT_SCORING) &&
    method.exits.join() === exits.join()
  );
}

type Promises = readonly (readonly Judged<JudgedPoint>[] | null)[];

function promisedResult(own: Promises, reference: Promises | null, position: number): PromisedResult {
  const points = own.map((each) => each![position]!);
  const saved = points.map(({ macs }) => macs.saved);
  const others = reference?.map((each) => each![position]!.macs.saved);
  return {
    saved: spreadOf(saved)!,
    timeSaved: spreadOf(points.map(({ time }) => time?.saved ?? null)),
    drop: spreadOf(points.map(({ macs }) => macs.drop))!,
    ahead: others === undefined ? null : differenceOf([saved, others]),
  };
}

/** The spread of the differences of two methods on the same halvings. */
function differenceOf([own, reference]: readonly (readonly number[])[]): Spread {
  return spreadOf(own!.map((value, halving) => value - reference![halving]!))!;
}

function spreadOf(values: readonly (number | null)[]): Spread | null {
  const there = values.filter((value) => value !== null);
  if (there.length < values.length) return null;
  const [low, high] = INTERVAL.map((share) => quantile(there, share));
  return { mean: there.reduce((sum, value) => sum + value, 0) / there.length, low: low!, high: high! };
}
