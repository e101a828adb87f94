import { stratifiedHalves } from '../data/split.js';
import { type ExitTable, exitTable } from '../exits/exit-table.js';
import type { Manifest } from './manifest.js';
import { loadRecords, recordsFolder } from './records.js';

/** A split of a cascade's records, ready for choosing thresholds or evaluating them. */
export interface RecordedSplit {
  /** E.g. `first half of cifar10/test`. */
  readonly description: string;
  readonly table: ExitTable;
}

/**
 * Reads one split of a cascade's records.
 *
 * @param splitSeed of the halves where calibration and test are halves of one set.
 * @throws CascadeError if the records are missing or damaged.
 */
export async function loadSplit(
  folder: string,
  manifest: Manifest,
  role: 'calibration' | 'test',
  splitSeed: number,
): Promise<RecordedSplit> {
  const { records: name, half } = manifest.splits[role];
  const { meta, labels, exitLogits, fullLogits } = await loadRecords(recordsFolder(folder, name));
  const rows =
    half === undefined
      ? Uint32Array.from(labels, (_, row) => row)
      : stratifiedHalves(labels, splitSeed)[half];
  const costs = {
    backboneMacs: meta.exits.map((exit) => exit.backbone_macs),
    headMacs: meta.exits.map((exit) => exit.head_macs),
    fullMacs: meta.full_macs,
  };
  const description =
    half === undefined ? meta.source : `${half === 0 ? 'first' : 'second'} half of ${meta.source}`;
  return { description, table: exitTable(exitLogits, fullLogits, labels, costs, rows) };
}

/** Whether the splits of a cascade depend on a seed. */
export function hasSeededSplits({ splits }: Manifest): boolean {
  return splits.calibration.half !== undefined || splits.test.half !== undefined;
}
