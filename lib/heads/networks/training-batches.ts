import { type Augmentation, augmentImages } from '../../data/augment.js';
import type { ImageSource } from '../../data/image-source.js';
import { readAhead } from '../../data/read-ahead.js';
import { elementCount } from '../../network/tensor.js';
import { permutation } from '../../stats/permutation.js';
import { createRandom } from '../../stats/random.js';
import type { TrainingBatch } from '../../training/training-step.js';

/** Images that a network is fitted on, with what the full network says of each. */
export interface TrainingImages {
  readonly source: ImageSource;
  /** By their number in the source. */
  readonly rows: Uint32Array;
  /** Logits of the full network for the images as they are, in the order of the rows. */
  readonly teacher: Float32Array;
  /** How they are varied, anew in every epoch; not at all when left out. */
  readonly augmentation?: Augmentation | undefined;
}

/**
 * The batches of one epoch: all images in random order, each varied at random; the next batch is read while one is used. What fills no
 * batch at the end is left out.
 *
 * @param seed of this epoch.
 */
export function trainingBatches(
  { source, rows, teacher, augmentation }: TrainingImages,
  batchSize: number,
  seed: number,
): AsyncGenerator<TrainingBatch> {
  const classes = teacher.length / rows.length;
  const random = createRandom(seed);
  const order = permutation(rows.length, random);
  async function* batches(): AsyncGenerator<TrainingBatch> {
    for (let first = 0; first + batchSize <= order.length; first += batchSize) {
      const positions = order.subarray(first, first + batchSize);
      const batchRows = positions.map((position) => rows[position]!);
      const images = new Uint8Array(batchSize * elementCount(source.shape));
      await source.readImages(batchRows, images);
      if (augmentation !== undefined) augmentImages(images, batchSize, source.shape, augmentation, random);
      const logits = new Float32Array(batchSize * classes);
      for (const [index, position] of positions.entries())
        logits.set(teacher.subarray(position * classes, (position + 1) * classes), index * classes);
      const labels = Uint16Array.from(batchRows, (row) => source.labels[row]!);
      yield { images, labels, teacher: logits };
    }
  }
  return readAhead(batches());
}
