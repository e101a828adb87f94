/**
 * The values that never fall and are nearest to given ones by the sum of squares: pool adjacent violators (Barlow et al. 1972). Same
 * quantity as R's `isoreg(values)$yf`.
 *
 * @example isotonic([1, 0, 4, 3, 5]) // [0.5, 0.5, 3.5, 3.5, 5]
 */
export function isotonic(values: readonly number[]): readonly number[] {
  const pools: { sum: number; size: number }[] = [];
  const mean = ({ sum, size }: { sum: number; size: number }): number => sum / size;
  for (const value of values) {
    let pool = { sum: value, size: 1 };
    while (pools.length > 0 && mean(pools.at(-1)!) > mean(pool)) {
      const before = pools.pop()!;
      pool = { sum: before.sum + pool.sum, size: before.size + pool.size };
    }
    pools.push(pool);
  }
  return pools.flatMap((pool) => new Array<number>(pool.size).fill(mean(pool)));
}
