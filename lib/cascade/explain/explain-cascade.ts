import type { Calibration } from '../../artifact/calibration.js';
import type { Manifest } from '../../artifact/manifest.js';
import { type Prices, pricesOf } from '../../artifact/timings/prices.js';
import { tableFor } from '../../exits/exit-tables.js';
import { scoredTables } from '../../exits/recorded-outputs.js';
import { type ReliabilityBin, reliabilityBins } from '../../exits/reliability-bins.js';
import { replay, replayOn } from '../../exits/replay.js';
import { singleExitCounts } from '../../exits/single-exit-counts.js';
import { enabledExits } from '../../exits/thresholds.js';
import { loadSplit } from '../../records/recorded-cascade.js';
import { type Evaluation, evaluateTotals } from '../evaluation.js';
import { evaluateGroups, type GroupEvaluation, groupTotals } from '../group-evaluation.js';
import { answeredImages, type ShownImages, shownImages } from './answered-images.js';
import { certifiedSteps } from './certified-steps.js';

/** What a report tells of a cascade under one calibration; all figures are of the test split. */
export interface Explanation {
  readonly manifest: Manifest;
  readonly calibration: Calibration;
  /** The split in words. */
  readonly description: string;
  /** Class of each image of the split. */
  readonly labels: Uint16Array;
  readonly evaluation: Evaluation;
  readonly groups: readonly GroupEvaluation[];
  /** The full network by itself. */
  readonly full: Evaluation;
  /** Images that each exit has right if all leave there, the full network last. */
  readonly singleExits: readonly number[];
  /** What is certified for one largest drop after another; none for a choice without a promise. */
  readonly steps: readonly ExplainedStep[];
  /** How right each exit is by how sure it is; null for a disabled one. */
  readonly reliability: readonly (readonly ReliabilityBin[] | null)[];
  readonly shown: ShownImages;
  readonly prices: Prices;
}

/** What a certified point does. */
export interface ExplainedStep {
  /** Largest drop that is asked for, a fraction. */
  readonly drop: number;
  readonly test: Evaluation;
}

/** How many images are shown. */
export interface ShownNumbers {
  readonly eachExit: number;
  /** That are broken, and as many that are repaired. */
  readonly changed: number;
}

/**
 * Replays a calibration and the path that it was taken from on a cascade's recorded test split.
 *
 * @throws CascadeError if the records are missing or damaged.
 */
export async function explainCascade(
  folder: string,
  manifest: Manifest,
  calibration: Calibration,
  prices: Prices,
  { eachExit, changed }: ShownNumbers,
): Promise<Explanation> {
  const { rule, timing } = calibration;
  const { scoring, thresholds } = rule;
  const { description, outputs } = await loadSplit(folder, manifest, 'test', calibration.split_seed);
  const tables = scoredTables(outputs, scoring);
  const table = tableFor(tables, thresholds);
  const evaluated = (some: typeof thresholds): Evaluation =>
    evaluateTotals(replayOn(tables, some), prices, some, manifest.exits);
  const enabled = enabledExits(thresholds);
  const own = timing === undefined ? prices : pricesOf(manifest, timing);
  return {
    ...{ manifest, calibration, description, prices, labels: outputs.labels },
    evaluation: evaluateTotals(replay(table, thresholds), prices, thresholds, manifest.exits),
    groups: evaluateGroups(
      groupTotals(outputs, rule, calibration.labels),
      calibration,
      manifest.exits,
      manifest.class_names,
      true,
    ),
    full: evaluated(thresholds.map(() => null)),
    singleExits: singleExitCounts(tables),
    steps: certifiedSteps(calibration, own).map(({ drop, thresholds: some }) => ({
      drop,
      test: evaluated(some),
    })),
    reliability: table.exits.map((exit, index) => (enabled[index] ? reliabilityBins(exit) : null)),
    shown: shownImages(answeredImages(outputs, rule), manifest.exits.length, eachExit, changed),
  };
}
