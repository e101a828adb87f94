import type { ImageSource } from '../../lib/data/image-source.js';
import { createRandom } from '../../lib/stats/random.js';

/** Images of noise. */
export function randomImages(count: number): ImageSource {
  const random = createRandom(count);
  const pixels = Uint8Array.from({ length: 64 * 3072 }, () => 256 * random());
  return {
    name: 'noise',
    count,
    shape: [3, 32, 32],
    labels: Uint16Array.from({ length: count }, () => 10 * random()),
    async readImages(indices, into) {
      for (let position = 0; position < indices.length; position++) {
        const from = (indices[position]! % 64) * 3072;
        into.set(pixels.subarray(from, from + 3072), position * 3072);
      }
    },
    async close() {},
  };
}
