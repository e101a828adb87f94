import { CASCADE_FOLDER, cascadeName, checkReplaceable } from '../artifact/check-out.js';
import { importedExitName } from '../artifact/exit-names.js';
import { replaceFolder } from '../artifact/folders/replace-folder.js';
import { type Manifest, SCHEMA, saveManifest } from '../artifact/manifest.js';
import { counted } from '../counted.js';
import { CascadeError, usageError } from '../errors.js';
import { readNpy } from '../files/npy/npy.js';
import { loadLabels, loadLogits, recordsFolder } from '../records/records.js';
import { RECORDS_SCHEMA } from '../records/records-meta.js';
import { createRecords } from '../records/records-writer.js';
import { refuseProbabilities } from './refuse-probabilities.js';

export interface ImportOptions {
  readonly out: string;
  /** `.npy` files of images × classes, one an exit in order, the full network's last. */
  readonly logits: readonly string[];
  /** `.npy` file of the class of each image. */
  readonly labels: string;
  /** Multiply-accumulates of leaving at each exit, heads on the way included; the full network's last. */
  readonly macs: readonly number[];
  readonly name: string;
  readonly force: boolean;
  readonly version: string;
}

/**
 * Makes a cascade folder of anybody's recorded logits, without a network: everything that works on records works on it. The
 * set is halved into calibration and test by a seed.
 *
 * @throws CascadeError if files do not fit together.
 */
export async function importRecords(options: ImportOptions): Promise<Manifest> {
  const { out, logits: files, macs, force } = options;
  if (files.length < 2)
    throw usageError('--logits takes one file an exit and the full network as the last, at least two.');
  if (macs.length !== files.length) {
    throw usageError(
      `--macs has ${counted(macs.length, 'number')} for ${counted(files.length, 'file')} of logits; give one for each, the full network last.`,
    );
  }
  if (macs.some((value, index) => value <= (macs[index - 1] ?? 0) || !Number.isSafeInteger(value))) {
    throw usageError(
      '--macs must rise from exit to exit, to at most 2^53: each number is what leaving there costs in all.',
    );
  }
  const name = cascadeName(out);
  checkReplaceable(out, force, CASCADE_FOLDER);

  const first = await readNpy(files[0]!);
  const [images, classes] = first.shape;
  if (
    first.shape.length !== 2 ||
    images === undefined ||
    classes === undefined ||
    classes < 2 ||
    images < 1
  ) {
    throw new CascadeError(
      `${files[0]} has the shape [${first.shape.join(', ')}] where [images, classes] is needed.`,
    );
  }
  const outputs = await Promise.all(files.map((file) => loadLogits(file, images, classes)));
  for (const [index, values] of outputs.entries()) refuseProbabilities(values, classes, files[index]!);
  const labels = await loadLabels(options.labels, images, classes);
  const exits = macs.slice(0, -1).map((value, block) => ({ block, backbone_macs: value, head_macs: 0 }));
  const fullMacs = macs.at(-1)!;
  const manifest: Manifest = {
    schema: SCHEMA,
    cascade_version: options.version,
    name,
    dataset: options.name,
    classes,
    class_names: Array.from({ length: classes }, (_, label) => String(label)),
    full_macs: fullMacs,
    mac_convention: 'default',
    exits: exits.map((exit) => ({
      ...exit,
      name: importedExitName(exit.block),
      head: 'imported' as const,
      held_out_accuracy_percent: null,
    })),
    splits: { calibration: { records: 'test', half: 0 }, test: { records: 'test', half: 1 } },
    seed: 0,
  };
  await replaceFolder({ out, kind: CASCADE_FOLDER, force }, async (work) => {
    const meta = {
      schema: RECORDS_SCHEMA,
      source: options.name,
      images,
      classes,
      exits,
      full_macs: fullMacs,
    };
    const records = await createRecords(recordsFolder(work, 'test'), labels, meta);
    await records.append(outputs);
    await records.commit();
    await saveManifest(work, manifest);
  });
  return manifest;
}
