import { existsSync } from 'node:fs';
import path from 'node:path';
import { exitCosts } from '../../lib/artifact/exit-costs.js';
import type { Manifest } from '../../lib/artifact/manifest.js';
import type { ImageSource } from '../../lib/data/image-source.js';
import { type DecisionRule, replayRule } from '../../lib/exits/decision-rule.js';
import { type Disagreements, disagreements } from '../../lib/exits/disagreements.js';
import { contentOfSplit, type RecordingOptions, recordSplit } from '../../lib/records/record-split.js';
import { openRecords } from '../../lib/records/records.js';
import { META_FILE } from '../../lib/records/records-meta.js';

/** What a cascade does with images beside the full network. */
export interface Compared extends Disagreements {
  /** Share of the images that the full network has right. */
  readonly fullAccuracy: number;
  /** Accuracy of the full network minus that of the cascade, a fraction. */
  readonly drop: number;
}

/**
 * Runs all exits and the full network over images and replays the cascade on what they say.
 *
 * @param folder of what was recorded; what is there already is not recorded again.
 */
export async function compared(
  recording: RecordingOptions,
  source: ImageSource,
  folder: string,
  manifest: Manifest,
  rule: DecisionRule,
): Promise<Compared> {
  if (!existsSync(path.join(folder, META_FILE)))
    await recordSplit(recording, source, folder, contentOfSplit(source, manifest));
  const { meta, labels, read, close } = await openRecords(folder);
  const logits = await read(0, meta.images);
  await close();
  const outputs = {
    classes: meta.classes,
    labels,
    exitLogits: logits.slice(0, -1),
    fullLogits: logits.at(-1)!,
    costs: exitCosts(manifest),
  };
  const { breaks, repairs, correctCounts } = replayRule(outputs, rule);
  const right = correctCounts.reduce((sum, count) => sum + count, 0);
  return {
    ...disagreements(outputs, rule),
    fullAccuracy: (right + breaks - repairs) / labels.length,
    drop: (breaks - repairs) / labels.length,
  };
}
