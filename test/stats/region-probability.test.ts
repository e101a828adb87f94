import test from 'ava';
import fc from 'fast-check';
import { logFactorial } from '../../lib/stats/log-factorial.js';
import { REGION_PROBABILITY_ERROR, regionProbability } from '../../lib/stats/region-probability.js';

const logFactorials = (n: number) => Float64Array.from({ length: n + 1 }, (_, count) => logFactorial(count));

/** Sum of the trinomial probabilities, each by its definition with exact binomial coefficients. */
function enumerated(
  mostBreaks: ArrayLike<number>,
  breakProbability: number,
  repairProbability: number,
): number {
  const n = mostBreaks.length - 1;
  const concordance = Math.max(0, 1 - breakProbability - repairProbability);
  let sum = 0;
  for (let m = 0; m <= n; m += 1) {
    for (let breaks = 0; breaks <= mostBreaks[m]!; breaks += 1) {
      sum +=
        choose(n, m) *
        choose(m, breaks) *
        breakProbability ** breaks *
        repairProbability ** (m - breaks) *
        concordance ** (n - m);
    }
  }
  return sum;
}

function choose(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i += 1) product = (product * (n - k + i)) / i;
  return product;
}

test('the probability of a region is the sum of its trinomial probabilities', (t) => {
  const region = fc.array(fc.boolean(), { minLength: 2, maxLength: 31 }).map((steps) => {
    let most = -1;
    return Int32Array.from(steps, (up) => {
      if (up) most += 1;
      return most;
    });
  });
  fc.assert(
    fc.property(
      region,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (mostBreaks, discordance, share) => {
        const breakProbability = discordance * share;
        const repairProbability = discordance * (1 - share);
        const n = mostBreaks.length - 1;
        const actual = regionProbability(mostBreaks, logFactorials(n), breakProbability, repairProbability);
        const expected = enumerated(mostBreaks, breakProbability, repairProbability);
        t.true(Math.abs(actual - expected) < REGION_PROBABILITY_ERROR, `${actual} for ${expected}`);
      },
    ),
  );
});

test('the whole sample space has probability 1 also for ten thousand inputs', (t) => {
  const n = 10_000;
  const everything = Int32Array.from({ length: n + 1 }, (_, m) => m);
  for (const [breakProbability, repairProbability] of [
    [0.01, 0.005],
    [0.5, 0.49],
    [0.01, 0],
    [0, 0.3],
    [0, 0],
    [0.4, 0.6],
    [1e-9, 1e-9],
  ] as const) {
    const total = regionProbability(everything, logFactorials(n), breakProbability, repairProbability);
    t.true(
      Math.abs(total - 1) < REGION_PROBABILITY_ERROR,
      `${total} at ${breakProbability}, ${repairProbability}`,
    );
  }
});

test('the region "no break" has probability (1 − P(break))ⁿ also for ten thousand inputs', (t) => {
  const none = new Int32Array(10_001);
  const actual = regionProbability(none, logFactorials(10_000), 2e-4, 0.3);
  t.true(Math.abs(actual - (1 - 2e-4) ** 10_000) < REGION_PROBABILITY_ERROR, `${actual}`);
});
