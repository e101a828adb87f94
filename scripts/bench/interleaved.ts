/** Something to be timed; what it returns is not used. */
export type Timed = () => Promise<unknown> | unknown;

/**
 * Times several ways of doing the same in turns, so that a machine that slows down does so for all of them.
 *
 * @returns the median seconds of each, by its name.
 */
export async function interleaved(
  ways: Readonly<Record<string, Timed>>,
  rounds: number,
): Promise<ReadonlyMap<string, number>> {
  const seconds = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const start = performance.now();
      await way();
      // The first round warms up caches and thread pools.
      if (round > 0) seconds.get(name)!.push((performance.now() - start) / 1000);
    }
  }
  return new Map([...seconds].map(([name, times]) => [name, median(times)]));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
