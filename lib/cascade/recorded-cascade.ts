import { stratifiedHalves } from '../data/split.js';
import { outputRows, type RecordedOutputs } from '../exits/recorded-outputs.js';
import type { Manifest } from './manifest.js';
import { loadRecords, recordsFolder } from './records.js';

/** A split of a cascade's records, ready for choosing thresholds or evaluating them. */
export interface RecordedSplit {
  /** E.g. `first half of cifar10/test`. */
  readonly description: string;
  readonly outputs: RecordedOutputs;
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
  const costs = {
    backboneMacs: meta.exits.map((exit) => exit.backbone_macs),
    headMacs: meta.exits.map((exit) => exit.head_macs),
    fullMacs: meta.full_macs,
  };
  const outputs = { classes: meta.classes, labels, exitLogits, fullLogits, costs };
  if (half === undefined) return { description: meta.source, outputs };
  return {
    description: `${half === 0 ? 'first' : 'second'} half of ${meta.source}`,
    outputs: outputRows(outputs, stratifiedHalves(labels, splitSeed)[half]),
  };
}

/** Whether the splits of a cascade depend on a seed. */
export function hasSeededSplits({ splits }: Manifest): boolean {
  return splits.calibration.half !== undefined || splits.test.half !== undefined;
}
