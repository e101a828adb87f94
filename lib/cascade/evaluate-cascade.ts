import type { Calibration } from '../artifact/calibration.js';
import type { Manifest } from '../artifact/manifest.js';
import { type Prices, pricesOf } from '../artifact/timings/prices.js';
import { type ExitColumn, joinedColumns } from '../exits/exit-table.js';
import { tableFor } from '../exits/exit-tables.js';
import { scoredTables } from '../exits/recorded-outputs.js';
import { type ReliabilityBin, reliabilityBins } from '../exits/reliability-bins.js';
import { addTotals, type ReplayTotals, replay } from '../exits/replay.js';
import { singleExitCounts } from '../exits/single-exit-counts.js';
import { enabledExits } from '../exits/thresholds.js';
import { openRecordedSplit } from '../records/recorded-cascade.js';
import { type Evaluation, evaluateTotals } from './evaluation.js';
import {
  addGroupTotals,
  evaluateGroups,
  type GroupEvaluation,
  type GroupTotals,
  groupTotals,
} from './group-evaluation.js';

/** What calibrations of a cascade do on its test split. */
export interface CascadeEvaluation {
  /** The split in words. */
  readonly description: string;
  readonly images: number;
  readonly prices: Prices;
  /** One a calibration. */
  readonly evaluations: readonly Evaluation[];
  /** What each does with the images of every exit and class. */
  readonly groups: readonly (readonly GroupEvaluation[])[];
  /** Images that each exit has right if all leave there under the last calibration's scoring, the full network last. */
  readonly singleExits: readonly number[];
  /** The exit at which each image leaves under the last calibration, in the records' order; the number of exits stands for the full network. */
  readonly leftAt: Uint8Array;
  /** How right each exit of each calibration is by how sure it is; null for a disabled one. */
  readonly reliability: readonly (readonly (readonly ReliabilityBin[] | null)[])[];
}

/**
 * Replays calibrations on a cascade's recorded test split. The records are read part by part; sums are kept, confidences, and where images leave.
 *
 * @param calibrations at least one, all of one split seed.
 * @param prices MACs alone when left out.
 * @throws CascadeError if the records are missing or damaged.
 */
export async function evaluateCascade(
  folder: string,
  manifest: Manifest,
  calibrations: readonly Calibration[],
  prices: Prices = pricesOf(manifest, null),
): Promise<CascadeEvaluation> {
  const latest = calibrations.at(-1)!;
  const split = await openRecordedSplit(folder, manifest, 'test', latest.split_seed);
  let totals: readonly ReplayTotals[] | undefined;
  let groups: readonly GroupTotals[] | undefined;
  let singleExits: readonly number[] | undefined;
  const leftAt: Uint8Array[] = [];
  const columns = calibrations.map(({ rule }) => rule.thresholds.map((): ExitColumn[] => []));
  try {
    for await (const outputs of split.parts()) {
      const scored = calibrations.map(({ rule }) => scoredTables(outputs, rule.scoring));
      const tables = calibrations.map(({ rule }, index) => tableFor(scored[index]!, rule.thresholds));
      const part = calibrations.map(({ rule }, index) => replay(tables[index]!, rule.thresholds));
      totals = totals?.map((sum, index) => addTotals(sum, part[index]!)) ?? part;
      leftAt.push(part.at(-1)!.leftAt);
      const ofPart = calibrations.map(({ rule, labels }) => groupTotals(outputs, rule, labels));
      groups = groups?.map((sum, index) => addGroupTotals(sum, ofPart[index]!)) ?? ofPart;
      tables.forEach(({ exits }, index) => {
        exits.forEach((column, exit) => {
          columns[index]![exit]!.push(column);
        });
      });
      const right = singleExitCounts(scored.at(-1)!);
      singleExits = singleExits?.map((sum, index) => sum + right[index]!) ?? right;
    }
  } finally {
    await split.close();
  }
  return {
    description: split.description,
    images: totals![0]!.images,
    prices,
    evaluations: calibrations.map(({ rule }, index) =>
      evaluateTotals(totals![index]!, prices, rule.thresholds, manifest.exits),
    ),
    groups: calibrations.map((calibration, index) =>
      evaluateGroups(groups![index]!, calibration, manifest.exits, manifest.class_names, true),
    ),
    singleExits: singleExits!,
    leftAt: new Uint8Array(Buffer.concat(leftAt)),
    reliability: calibrations.map(({ rule }, index) => {
      const enabled = enabledExits(rule.thresholds);
      return columns[index]!.map((parts, exit) =>
        enabled[exit] ? reliabilityBins(joinedColumns(parts)) : null,
      );
    }),
  };
}
