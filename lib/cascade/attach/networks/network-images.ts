import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ImageSource } from '../../../data/image-source.js';
import { CascadeError } from '../../../errors.js';
import { writeFileAtomically } from '../../../files/atomic-write.js';
import { readWhole } from '../../../files/open-for-reading.js';
import { networkLogits } from '../../../heads/networks/network-logits.js';
import type { TrainingImages } from '../../../heads/networks/training-batches.js';
import type { Network } from '../../../network/graph.js';
import { readSafetensors, writeSafetensors } from '../../../weights/safetensors.js';
import { type AttachContext, openUsableSplit } from '../attach-context.js';
import { REMEDY } from '../fitted-weights.js';
import { fittingRows } from '../fitting-rows.js';

/** In the folder of an unfinished cascade: what the full network says of the fitting images. */
const TEACHER_FILE = path.join('fitted', 'teacher.safetensors');

/**
 * Opens the fitting images for heads that are networks, with what the full network says of each. That is computed once and kept under
 * `work`.
 *
 * @param backbone takes pixels.
 * @returns with the source open, to be closed by the caller.
 * @throws CascadeError if what was kept is damaged.
 */
export async function openNetworkImages(backbone: Network, context: AttachContext): Promise<TrainingImages> {
  const { dataset, options } = context;
  const source = await openUsableSplit(context, dataset.description.splits.fit);
  try {
    const rows = fittingRows(source, options.seed, options.fitImages);
    const teacher = await keptTeacher(backbone, source, rows, context);
    return { source, rows, teacher, augmentation: dataset.description.augmentation };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function keptTeacher(
  backbone: Network,
  source: ImageSource,
  rows: Uint32Array,
  { engine, work, options }: AttachContext,
): Promise<Float32Array> {
  const file = path.join(work, TEACHER_FILE);
  if (existsSync(file)) {
    const logits = readSafetensors(await readWhole(file), file).tensors.get('logits');
    if (logits?.shape[0] === rows.length) return logits.data;
    throw new CascadeError(`${file} is not of these images; ${REMEDY}.`);
  }
  const bar = options.reporter.bar('Outputs of the full network', rows.length);
  try {
    const data = await networkLogits(engine, backbone, source, {
      rows,
      signal: options.signal,
      onProgress: (done) => bar.update(done),
    });
    const shape = [rows.length, data.length / rows.length];
    await writeFileAtomically(file, writeSafetensors(new Map([['logits', { shape, data }]])));
    return data;
  } finally {
    bar.stop();
  }
}
