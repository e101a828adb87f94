import { loadNetwork } from '../../artifact/attached-network.js';
import { loadManifest } from '../../artifact/manifest.js';
import { mergeRecords, recordCascade } from '../../cascade/record-cascade.js';
import { locateCascadeDataset } from '../../records/cascade-dataset.js';
import { describeRecorded } from '../../report/describe/describe-recorded.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import { noteChosenClasses } from '../common/note-chosen-classes.js';
import type { RecordOptions } from '../record.js';

/** Records a cascade's outputs again, or joins shards, and prints what there is now. */
export async function record(
  folder: string,
  options: RecordOptions,
  { print, reporter, signal }: CommandContext,
): Promise<void> {
  const { split, shard, merge } = options;
  const manifest = await loadManifest(folder);
  noteChosenClasses(manifest, reporter);
  const saved = await loadNetwork(folder, manifest);
  const recordAgain = async () => {
    const dataset = await locateCascadeDataset(folder, manifest, options);
    const engine = await openChosenEngine(options, reporter);
    return recordCascade({ folder, manifest, saved, dataset, engine, reporter, signal }, split, shard);
  };
  const rows = merge ? await mergeRecords(folder, manifest, split) : await recordAgain();
  print(options.json ? JSON.stringify(rows, null, 2) : describeRecorded(rows));
}
