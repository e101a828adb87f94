import type { Manifest } from '../artifact/manifest.js';
import { type Currency, costsIn, frontExits, type Prices, pricesOf } from '../artifact/timings/prices.js';
import { type FrontMethod, operatingFront } from '../calibrate/front.js';
import { frontSets } from '../calibrate/paying-exits.js';
import { withTemperatures } from '../calibrate/temperature.js';
import { scoredTables } from '../exits/recorded-outputs.js';
import { replayOn } from '../exits/replay.js';
import type { Scoring } from '../exits/scoring.js';
import { singleExitCounts } from '../exits/single-exit-counts.js';
import type { Thresholds } from '../exits/thresholds.js';
import { loadSplit } from '../records/recorded-cascade.js';
import { type Evaluation, evaluateTotals } from './evaluation.js';

/** How a front is made. */
export interface SweepOptions {
  readonly method: FrontMethod;
  readonly scoring: Scoring;
  /** Seed of the halves where calibration and test are halves of one set. */
  readonly splitSeed: number;
  /** What exits cost; MACs alone when left out. */
  readonly prices?: Prices;
  /** What points are cheap in; `macs` when left out. */
  readonly currency?: Currency;
}

/** An operating point that was chosen on the calibration split, and what it does on both. */
export interface SweptPoint {
  readonly thresholds: Thresholds;
  /** The path's parameter; null for the full network and for methods without. */
  readonly parameter: number | null;
  readonly calibration: Evaluation;
  readonly test: Evaluation;
}

/** The front of accuracy against cost of a cascade. */
export interface CascadeFront {
  readonly method: FrontMethod;
  /** With the temperatures that were fitted on the calibration split, where the measure of confidence has any. */
  readonly scoring: Scoring;
  readonly splitSeed: number;
  /** The test split in words, as reports name it. */
  readonly description: string;
  /** How many images the test split has. */
  readonly images: number;
  readonly currency: Currency;
  readonly prices: Prices;
  /** The full network first, then from the dearest to the cheapest. */
  readonly points: readonly SweptPoint[];
  /** Images of the test split that each exit has right if all leave there, the full network last. */
  readonly singleExits: readonly number[];
}

/**
 * Chooses the operating points of a method on a cascade's recorded calibration split and replays them on both splits.
 *
 * @throws CascadeError if the records are missing or damaged.
 */
export async function sweepCascade(
  folder: string,
  manifest: Manifest,
  { method, scoring: asked, splitSeed, prices = pricesOf(manifest, null), currency = 'macs' }: SweepOptions,
): Promise<CascadeFront> {
  const calibration = await loadSplit(folder, manifest, 'calibration', splitSeed);
  const test = await loadSplit(folder, manifest, 'test', splitSeed);
  const scoring = withTemperatures(asked, calibration.outputs);
  const outputs = { ...calibration.outputs, costs: costsIn(currency, prices) };
  const sets = frontSets(outputs, scoring, frontExits(currency));
  const tables = {
    calibration: scoredTables(outputs, scoring),
    test: scoredTables(test.outputs, scoring),
  };
  const on = (split: keyof typeof tables, thresholds: Thresholds): Evaluation =>
    evaluateTotals(replayOn(tables[split], thresholds), prices, thresholds, manifest.exits);
  return {
    method,
    scoring,
    splitSeed,
    description: test.description,
    images: tables.test.images,
    currency,
    prices,
    points: operatingFront(tables.calibration, method, scoring.criterion, sets).map(
      ({ thresholds, parameter }) => ({
        thresholds,
        parameter: parameter ?? null,
        calibration: on('calibration', thresholds),
        test: on('test', thresholds),
      }),
    ),
    singleExits: singleExitCounts(tables.test),
  };
}
