import type { ImageSource } from '../data/image-source.js';
import { elementCount } from '../network/tensor.js';
import type { Router } from './router.js';

/**
 * Sends images of a source through a router, reading the next batch while one computes.
 *
 * @param rows the images, by their number in the source.
 * @param batchSize at most the router's own.
 * @throws the signal's reason if it is aborted, and whatever the source throws.
 */
export async function routeSource(
  router: Router,
  source: ImageSource,
  rows: Uint32Array,
  batchSize: number,
  signal?: AbortSignal,
): Promise<void> {
  const imageBytes = elementCount(source.shape);
  const read = async (first: number): Promise<Uint8Array> => {
    const part = rows.subarray(first, first + batchSize);
    const images = new Uint8Array(part.length * imageBytes);
    await source.readImages(part, images);
    return images;
  };
  let pending = read(0);
  for (let first = 0; first < rows.length; first += batchSize) {
    const images = await pending;
    signal?.throwIfAborted();
    if (first + batchSize < rows.length) {
      pending = read(first + batchSize);
      // A failure is met at the next turn; until then it must not count as one that nobody looks at.
      pending.catch(() => {});
    }
    await router.push(images, rows.subarray(first, first + batchSize));
  }
  await router.flush();
}
