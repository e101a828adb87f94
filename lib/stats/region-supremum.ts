import { logFactorials } from './log-factorials.js';
import { REGION_PROBABILITY_ERROR, regionProbability } from './region-probability.js';

/** Starting distance of the evaluations, in units of the statistical (Fisher) distance. */
const SPACING = 0.5;
/** How far the returned value may lie above the supremum: this share of it, but at least `FINEST`. */
const RELATIVE_TOLERANCE = 0.002;
const FINEST = 1e-5;

/** The probability of the region at one value of P(repair), and the Fisher information about P(repair) there. */
interface Evaluation {
  readonly repair: number;
  readonly probability: number;
  readonly information: number;
}

/**
 * Supremum of the trinomial probability of a region over P(repair) between `from` and `to`, where P(break) = P(repair) +
 * delta. Not left to a grid: between two evaluations the probability rises above both by no more than `excessBound`, and
 * intervals are halved until that rise is negligible. Returns the bound: never below the supremum, above it by at most
 * 0.2 % of it or 1e-5, whichever is larger.
 *
 * @param mostBreaks the region as `tangoRegion` gives it, n + 1 elements.
 * @param delta P(break) − P(repair), a fraction.
 * @param from least P(repair), at least max(0, −delta).
 * @param to largest P(repair), at most (1 − delta) / 2.
 */
export function regionSupremum(mostBreaks: Int32Array, delta: number, from: number, to: number): number {
  const n = mostBreaks.length - 1;
  const logarithms = logFactorials(n);
  const evaluate = (repair: number): Evaluation => {
    const breakProbability = Math.max(0, repair + delta);
    return {
      repair,
      probability: regionProbability(mostBreaks, logarithms, breakProbability, repair),
      information: information(breakProbability, repair, n),
    };
  };

  const grid = startingGrid(n, delta, from, to).map(evaluate);
  let largest = grid.reduce((most, { probability }) => Math.max(most, probability), 0);
  let supremum = largest;
  const open = grid.slice(1).map((right, index) => ({ left: grid[index]!, right }));
  for (let interval = open.pop(); interval !== undefined; interval = open.pop()) {
    const { left, right } = interval;
    const bound = Math.max(left.probability, right.probability) + excessBound(left, right, n);
    if (bound <= largest + Math.max(RELATIVE_TOLERANCE * largest, FINEST)) {
      supremum = Math.max(supremum, bound);
    } else {
      const middle = evaluate((left.repair + right.repair) / 2);
      largest = Math.max(largest, middle.probability);
      open.push({ left, right: middle }, { left: middle, right });
    }
  }
  return Math.min(1, supremum + REGION_PROBABILITY_ERROR);
}

/** Values from `from` to `to`, about `SPACING` apart in Fisher distance. */
function startingGrid(n: number, delta: number, from: number, to: number): number[] {
  if (from === to) return [from];
  const least = Math.max(0, -delta);
  const range = (1 - delta) / 2 - least;
  const angle = (repair: number) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, (repair - least) / range))));
  const steps = Math.max(1, Math.ceil((2 * Math.sqrt(n) * (angle(to) - angle(from))) / SPACING));
  const stride = (angle(to) - angle(from)) / steps;
  const inner = Array.from({ length: steps - 1 }, (_, step) => {
    return least + range * Math.sin(angle(from) + (step + 1) * stride) ** 2;
  });
  return [from, ...inner, to];
}

/** Fisher information of n trinomial draws when both discordant probabilities move together; infinite at the ends. */
function information(breakProbability: number, repairProbability: number, n: number): number {
  const concordance = Math.max(0, 1 - breakProbability - repairProbability);
  return n * (1 / breakProbability + 1 / repairProbability + 4 / concordance);
}

/**
 * By how much the probability F of an event can exceed, between two values of P(repair) a distance h apart, the larger
 * M of its probabilities at the two. The smaller of two bounds:
 * - total variation moves by at most 2n a unit of P(repair), and the nearer end is at most h / 2 away: n·h;
 * - |F″| = |Cov(event, L″/L)| <= √F·√2·I, since the likelihood L is a product of terms linear in P(repair), whence
 *   E(L″/L)² = 2n(n − 1)(I/n)². So F <= M + a√F with a = √2·I·h² / 8, solved for √F. The information I is convex:
 *   the larger of its ends bounds it.
 */
function excessBound(left: Evaluation, right: Evaluation, n: number): number {
  const distance = right.repair - left.repair;
  const most = Math.max(left.probability, right.probability);
  const a = (Math.SQRT2 * Math.max(left.information, right.information) * distance ** 2) / 8;
  return Math.min(n * distance, (a * (a + Math.sqrt(a * a + 4 * most))) / 2);
}
