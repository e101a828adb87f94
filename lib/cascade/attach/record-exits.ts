import { existsSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SavedNetwork } from '../../artifact/attached-network.js';
import type { WrittenCosts } from '../../artifact/exit-costs.js';
import type { Manifest, SplitRecords } from '../../artifact/manifest.js';
import type { SplitDescription, SplitRole } from '../../data/dataset-description.js';
import { contentOfSplit, recordSplit } from '../../records/record-split.js';
import { recordsFolder } from '../../records/records.js';
import { META_FILE } from '../../records/records-meta.js';
import { openUsableSplit, type RecordingContext } from './attach-context.js';

/** Records the outputs of all exits on the calibration and test images, under `work`; what is there already is kept. */
export async function recordExits(
  { network, exits }: SavedNetwork,
  costs: WrittenCosts,
  context: RecordingContext,
): Promise<Manifest['splits']> {
  const { dataset, engine, work, options } = context;
  const exitLogits = exits.map(({ logits }) => logits);
  const classes = dataset.description.class_names.length;
  const { calibration, test } = dataset.description.splits;
  // Two halves of the same images are told apart when they are used, so that other halvings need no other records.
  const isHalved =
    calibration.half !== undefined &&
    test.half !== undefined &&
    isDeepStrictEqual([calibration.from, calibration.range], [test.from, test.range]);
  const record = async (role: SplitRole, split: SplitDescription): Promise<SplitRecords> => {
    const name = isHalved ? split.from : role;
    const folder = recordsFolder(work, name);
    if (!existsSync(path.join(folder, META_FILE))) {
      const source = await openUsableSplit(context, split);
      try {
        const content = contentOfSplit(source, { ...costs, classes });
        await recordSplit({ ...options, engine, network, exitLogits }, source, folder, content);
      } finally {
        await source.close();
      }
    }
    return split.half === undefined ? { records: name } : { records: name, half: split.half };
  };
  return { calibration: await record('calibration', calibration), test: await record('test', test) };
}
