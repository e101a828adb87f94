import type { ImageSource } from '../../lib/data/image-source.js';
import { elementCount } from '../../lib/network/tensor.js';
import { createRandom } from '../../lib/stats/random.js';

const DISTINCT = 64;

/** Images of noise, 64 of them over and over. */
export function randomImages(count: number, shape: ImageSource['shape'] = [3, 32, 32]): ImageSource {
  const random = createRandom(count);
  const size = elementCount(shape);
  const pixels = Uint8Array.from({ length: DISTINCT * size }, () => 256 * random());
  return {
    name: 'noise',
    count,
    shape,
    labels: Uint16Array.from({ length: count }, () => 10 * random()),
    async readImages(indices, into) {
      for (let position = 0; position < indices.length; position++) {
        const from = (indices[position]! % DISTINCT) * size;
        into.set(pixels.subarray(from, from + size), position * size);
      }
    },
    async close() {},
  };
}
