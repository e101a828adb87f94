/**
 * A uniformly random order of 0 … n−1 (Fisher–Yates).
 *
 * @param random uniform numbers in [0, 1), as from `createRandom`.
 */
export function permutation(n: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, index) => index);
  for (let last = n - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
