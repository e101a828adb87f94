import { type DropTest, exactDropTest } from '../certified-path.js';

/**
 * The most breaks that pass the test beside a number of repairs, −1 if none do: what is to be known of the test to see whether missing
 * labels matter. It never falls as the repairs rise. Values are made on demand, each from the one before, and kept.
 *
 * @param images that test.
 * @param maxDrop a fraction.
 * @param confidence a fraction.
 */
export function mostBreaksPassing(
  images: number,
  maxDrop: number,
  confidence: number,
  test: DropTest = exactDropTest,
): (repairs: number) => number {
  const known: number[] = [];
  const passes = (breaks: number, repairs: number): boolean =>
    breaks + repairs <= images && test({ breaks, repairs }, images, maxDrop, false) <= 1 - confidence;
  return (repairs) => {
    for (let next = known.length; next <= repairs; next++) {
      let most = known[next - 1] ?? -1;
      // In growing steps, then halved: the first value is far from −1, each later one is next to the one before.
      let step = 1;
      while (passes(most + step, next)) {
        most += step;
        step *= 2;
      }
      for (step /= 2; step >= 1; step /= 2) if (passes(most + step, next)) most += step;
      known.push(most);
    }
    return known[repairs]!;
  };
}
