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
      for (let place = 0; place < indices.length; place++) {
        const pixels = into.subarray(place * size, (place + 1) * size);
        pixels.set(corrupted(pixels, source.shape, corruption, strength, createRandom(indices[place]!)));
      }
    },
  };
}
