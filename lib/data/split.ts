import { permutation } from '../stats/permutation.js';
import { createRandom } from '../stats/random.js';

/**
 * Two halves of a labelled set, each class divided evenly: of a class of odd size the extra input goes to the half that is
 * behind. The same seed gives the same halves.
 *
 * @returns the inputs of each half, ascending.
 */
export function stratifiedHalves(
  labels: ArrayLike<number>,
  seed: number,
): readonly [Uint32Array, Uint32Array] {
  const random = createRandom(seed);
  const classes = new Map<number, number[]>();
  for (let index = 0; index < labels.length; index++) {
    const members = classes.get(labels[index]!);
    if (members === undefined) classes.set(labels[index]!, [index]);
    else members.push(index);
  }
  const halves: [number[], number[]] = [[], []];
  for (const [, members] of [...classes].sort(([a], [b]) => a - b)) {
    const order = permutation(members.length, random);
    const behind = halves[0].length <= halves[1].length ? 0 : 1;
    order.forEach((position, rank) => {
      halves[rank % 2 === 0 ? behind : 1 - behind]!.push(members[position]!);
    });
  }
  const sorted = (half: number[]): Uint32Array => Uint32Array.from(half).sort();
  return [sorted(halves[0]), sorted(halves[1])];
}
