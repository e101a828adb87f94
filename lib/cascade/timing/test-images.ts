import type { Manifest } from '../../artifact/manifest.js';
import { stratifiedHalves } from '../../data/split.js';
import { permutation } from '../../stats/permutation.js';
import { createRandom } from '../../stats/random.js';

/** Numbers of the test split's images in its source, in random order. @param labels of all images of the source. */
export function shuffledTestImages({ splits }: Manifest, labels: Uint16Array, seed: number): Uint32Array {
  const { half } = splits.test;
  const split =
    half === undefined
      ? Uint32Array.from({ length: labels.length }, (_, row) => row)
      : stratifiedHalves(labels, seed)[half];
  return Uint32Array.from(permutation(split.length, createRandom(seed)), (position) => split[position]!);
}
