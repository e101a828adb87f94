import type { ImageSource } from '../data/image-source.js';
import { readAhead } from '../data/read-ahead.js';
import type { Shape } from '../network/graph.js';
import { elementCount } from '../network/tensor.js';
import type { Program } from './engine.js';

/**
 * Images a batch. On two cores 8 to 64 run alike; 32 keeps the feature maps of a small network in the cache, also where they
 * cross from one segment to the next.
 */
export const BATCH_SIZE = 32;

/** Values of the images in a batch, at most: the feature maps of larger ones would take gigabytes, and run no faster. */
const MOST_VALUES = 2 ** 21;

/**
 * Images a batch for images of a shape: `BATCH_SIZE`, of large ones a power of two below it, so that `BATCH_SIZE` images are always
 * whole batches.
 */
export function batchSizeFor(shape: Shape): number {
  const fitting = Math.min(BATCH_SIZE, MOST_VALUES / elementCount(shape));
  return 2 ** Math.max(0, Math.floor(Math.log2(fitting)));
}

export interface StreamOptions {
  /** Images to run, by their number in the source; all in order when left out. */
  readonly rows?: Uint32Array;
  /** Changes a batch of pixels in place before it runs, e.g. a random crop. */
  readonly transform?: (images: Uint8Array, count: number) => void;
  /** Called after every batch with the images done and to do. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs images through a program batch by batch; the next batch is read while one computes, and no more than two are held.
 *
 * @param onBatch takes the outputs of `count` images, the first of which is the `first`-th of the run.
 * @throws the signal's reason if it is aborted, and whatever the source throws.
 */
export async function streamImages(
  program: Program,
  source: ImageSource,
  onBatch: (outputs: readonly Float32Array[], first: number, count: number) => Promise<void> | void,
  { rows, transform, onProgress, signal }: StreamOptions = {},
): Promise<void> {
  const order = rows ?? Uint32Array.from({ length: source.count }, (_, row) => row);
  const imageBytes = elementCount(source.shape);
  const batchSize = batchSizeFor(source.shape);
  async function* batches(): AsyncGenerator<{ readonly images: Uint8Array; readonly first: number }> {
    for (let first = 0; first < order.length; first += batchSize) {
      const part = order.subarray(first, first + batchSize);
      const images = new Uint8Array(part.length * imageBytes);
      await source.readImages(part, images);
      transform?.(images, part.length);
      yield { images, first };
    }
  }
  for await (const { images, first } of readAhead(batches())) {
    signal?.throwIfAborted();
    const count = images.length / imageBytes;
    await onBatch(await program.run(images, count), first, count);
    onProgress?.(first + count, order.length);
  }
}
