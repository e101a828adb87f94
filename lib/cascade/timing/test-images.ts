import type { Manifest } from '../../artifact/manifest.js';
import { stratifiedHalves } from '../../data/split.js';
import { permutation } from '../../stats/permutation.js';
import { createRandom } from '../../stats/random.js';

/** Numbers of the test split's images in its source, in the order of the records. @param labels of all images of the source. */
export function testImages({ splits }: Manifest, labels: Uint16Array, seed: number): Uint32Array {
  const { half } = splits.test;
  return half === undefined
    ? Uint32Array.from({ length: labels.length }, (_, row) => row)
    : stratifiedHalves(labels, seed)[half];
}

/** The same in random order. */
export function shuffledTestImages(manifest: Manifest, labels: Uint16Array, seed: number): Uint32Array {
  const images = testImages(manifest, labels, seed);
  return Uint32Array.from(permutation(images.length, createRandom(seed)), (position) => images[position]!);
}
