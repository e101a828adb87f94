import { stratifiedHalves } from '../data/split.js';
import { CascadeError } from '../errors.js';
import { joinedOutputs, outputRows, type RecordedOutputs } from '../exits/recorded-outputs.js';
import { exitCosts } from './exit-costs.js';
import type { Manifest } from './manifest.js';
import { loadRecords, type RecordsMeta, recordsFolder } from './records.js';

/** Some of a cascade's recorded inputs, ready for choosing thresholds or evaluating them. */
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
  const { records, half } = manifest.splits[role];
  const whole = await loadWhole(folder, records, manifest);
  if (half === undefined) return whole;
  return {
    description: `${half === 0 ? 'first' : 'second'} half of ${whole.description}`,
    outputs: outputRows(whole.outputs, stratifiedHalves(whole.outputs.labels, splitSeed)[half]),
  };
}

/**
 * All recorded inputs that the fitting has not seen, calibration and test together, for halvings of one's own.
 *
 * @throws CascadeError if the records are missing or damaged.
 */
export async function loadPool(folder: string, manifest: Manifest): Promise<RecordedSplit> {
  const { splits } = manifest;
  const first = await loadWhole(folder, splits.calibration.records, manifest);
  if (splits.test.records === splits.calibration.records) return first;
  const second = await loadWhole(folder, splits.test.records, manifest);
  return {
    description: `${first.description} and ${second.description}`,
    outputs: joinedOutputs(first.outputs, second.outputs),
  };
}

async function loadWhole(folder: string, name: string, manifest: Manifest): Promise<RecordedSplit> {
  const records = recordsFolder(folder, name);
  const { meta, labels, exitLogits, fullLogits } = await loadRecords(records);
  const networkOf = ({ exits, full_macs, classes }: RecordsMeta | Manifest): string =>
    JSON.stringify([
      classes,
      full_macs,
      exits.map(({ block, backbone_macs, head_macs }) => [block, backbone_macs, head_macs]),
    ]);
  if (networkOf(meta) !== networkOf(manifest)) {
    throw new CascadeError(
      `${records} was recorded with other exits than ${folder} has; attach again, or record with \`cascade record ${folder}\`.`,
    );
  }
  const costs = exitCosts(meta);
  return {
    description: meta.source,
    outputs: { classes: meta.classes, labels, exitLogits, fullLogits, costs },
  };
}
