import type { Manifest } from '../artifact/manifest.js';
import {
  type ComparedMethod,
  type Comparison,
  type JudgedPoint,
  judge,
  judgeExit,
} from '../calibrate/compare.js';
import { stratifiedHalves } from '../data/split.js';
import { outputRows } from '../exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../exits/scoring.js';
import { loadPool } from '../records/recorded-cascade.js';
import { quantile } from '../stats/quantile.js';

/** What is compared and how often. */
export interface ComparisonOptions {
  readonly methods: readonly ComparedMethod[];
  /** Fractions. */
  readonly drops: readonly number[];
  /** Shares of the full network's multiply-accumulates. */
  readonly budgets: readonly number[];
  /** Halvings of the recorded images, with seeds from 0 on. */
  readonly splits: number;
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
  { methods, drops, budgets, splits, onProgress, signal }: ComparisonOptions,
): Promise<CascadeComparison> {
  const { outputs } = await loadPool(folder, manifest);
  const judged: Comparison[][] = methods.map(() => []);
  const ends = manifest.exits.flatMap(({ head }, exit) => (head === 'classifier' ? [exit] : []));
  const alone: JudgedPoint[][] = ends.map(() => []);
  const scoring = { ...DEFAULT_SCORING, top: methods[0]?.scoring.top ?? DEFAULT_SCORING.top };
  for (let seed = 0; seed < splits; seed++) {
    const [first, second] = stratifiedHalves(outputs.labels, seed);
    const [making, judging] = [outputRows(outputs, first), outputRows(outputs, second)];
    for (const [index, method] of methods.entries()) {
      judged[index]!.push(judge(method, making, judging, drops, budgets));
      // Lets Ctrl-C in between two methods.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    for (const [index, exit] of ends.entries()) alone[index]!.push(judgeExit(judging, exit, scoring));
    onProgress?.(seed + 1);
  }
  const results = methods.map((method, index) => {
    const ofAll = judged[index]!;
    return {
      method,
      savedAtDrop: drops.map((_, position) =>
        spreadOf(ofAll.map(({ savedAtDrop }) => savedAtDrop[position]!)),
      ),
      dropAtBudget: budgets.map((_, position) =>
        spreadOf(ofAll.map(({ dropAtBudget }) => dropAtBudget[position]!)),
      ),
    };
  });
  const networks = ends.map((exit, index) => ({
    exit,
    saved: alone[index]![0]!.saved,
    drop: spreadOf(alone[index]!.map(({ drop }) => drop))!,
  }));
  return { images: outputs.labels.length, results, networks };
}

function spreadOf(values: readonly (number | null)[]): Spread | null {
  const there = values.filter((value) => value !== null);
  if (there.length < values.length) return null;
  const [low, high] = INTERVAL.map((share) => quantile(there, share));
  return { mean: there.reduce((sum, value) => sum + value, 0) / there.length, low: low!, high: high! };
}
