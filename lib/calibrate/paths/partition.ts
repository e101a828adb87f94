import { permutation } from '../../stats/permutation.js';
import { createRandom } from '../../stats/random.js';

/** Numbers of images that make a path, and of the others, which test it. */
export interface Partition {
  readonly making: Uint32Array;
  readonly testing: Uint32Array;
}

/** Divides images at random. @param share of those that make the path, a fraction. */
export function partition(images: number, share: number, seed: number): Partition {
  const order = permutation(images, createRandom(seed));
  const making = Math.round(share * images);
  return { making: order.subarray(0, making), testing: order.subarray(making) };
}
