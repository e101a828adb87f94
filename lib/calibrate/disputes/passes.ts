import { type DropTest, exactDropTest, remembered } from '../certified-path.js';

/** Whether a candidate with so many breaks and repairs passes the test; undefined where that is not known. */
export type Passes = (breaks: number, repairs: number) => boolean | undefined;

/**
 * The test of a largest drop as a yes or no.
 *
 * @param images that test.
 * @param maxDrop a fraction.
 * @param confidence a fraction.
 */
export function passesDropTest(
  images: number,
  maxDrop: number,
  confidence: number,
  test: DropTest = remembered(exactDropTest),
): (breaks: number, repairs: number) => boolean {
  return (breaks, repairs) => test({ breaks, repairs }, images, maxDrop, false) <= 1 - confidence;
}

/**
 * The most breaks that pass beside 0, 1, … repairs, −1 where none do: the test as a table, for who cannot compute it. The values never
 * fall, so that each is looked for from the one before.
 *
 * @param images that test.
 */
export function* mostBreaksPassing(
  passes: (breaks: number, repairs: number) => boolean,
  images: number,
): Generator<number, void> {
  let most = -1;
  for (let repairs = 0; repairs <= images; repairs++) {
    const isPassing = (breaks: number): boolean => breaks + repairs <= images && passes(breaks, repairs);
    // In growing steps, then halved: the first value is far from −1, each later one next to the one before.
    let step = 1;
    for (; isPassing(most + step); step *= 2) most += step;
    for (step /= 2; step >= 1; step /= 2) if (isPassing(most + step)) most += step;
    yield most;
  }
}
