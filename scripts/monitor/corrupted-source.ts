import type { ImageSource } from '../../lib/data/image-source.js';
import { elementCount } from '../../lib/network/tensor.js';
import { createRandom } from '../../lib/stats/random.js';
import { type Corruption, corrupted } from './corruptions.js';

/** The same images gone bad: each in its own way, and always in the same. */
export function corruptedSource(source: ImageSource, corruption: Corruption, strength: number): ImageSource {
  const size = elementCount(source.shape);
  return {
    ...source,
    name: `${source.name}, ${corruption} ${strength}`,
    async readImages(indices, into) {
      await source.readImages(indices, into);
      await Promise.all(
        Array.from(indices, async (image, place) => {
          const pixels = into.slice(place * size, (place + 1) * size);
          const bad = await corrupted(pixels, source.shape, corruption, strength, createRandom(image));
          into.set(bad, place * size);
        }),
      );
    },
  };
}
