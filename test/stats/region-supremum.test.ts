import test from 'ava';
import { logFactorial } from '../../lib/stats/log-factorial.js';
import { regionProbability } from '../../lib/stats/region-probability.js';
import { regionSupremum } from '../../lib/stats/region-supremum.js';
import { tangoRegion } from '../../lib/stats/tango-region.js';

/** Largest probability over 20,001 values of P(repair). */
function largestOnFineGrid(mostBreaks: Int32Array, delta: number, from: number, to: number): number {
  const logFactorials = Float64Array.from(mostBreaks, (_, count) => logFactorial(count));
  let largest = 0;
  for (let step = 0; step <= 20_000; step += 1) {
    const repair = from + (to - from) * Math.sin((Math.PI / 2) * (step / 20_000)) ** 2;
    const breakProbability = Math.max(0, repair + delta);
    largest = Math.max(largest, regionProbability(mostBreaks, logFactorials, breakProbability, repair));
  }
  return largest;
}

test('the supremum is never below a far finer grid and at most 0.2 % above it', (t) => {
  for (const [breaks, repairs, n, delta, from, to] of [
    [26, 13, 2500, 0.01, 0, 0.495],
    [66, 33, 5000, 0.01, 0.002, 0.015],
    [4, 6, 60, 0, 0, 0.5],
    [2, 9, 100, -0.02, 0.02, 0.51],
    [0, 0, 300, 0.02, 0, 0.49],
    [1, 0, 25, 0.3, 0, 0.35],
  ] as const) {
    const region = tangoRegion(breaks, repairs, n, delta);
    const fine = largestOnFineGrid(region, delta, from, to);
    const supremum = regionSupremum(region, delta, from, to);
    t.true(supremum >= fine, `${supremum} < ${fine}`);
    t.true(supremum <= fine * 1.0021 + 1.1e-5, `${supremum} > ${fine}`);
  }
});

test('a range of one value gives the probability there', (t) => {
  const region = tangoRegion(3, 2, 20, 0.1);
  const logFactorials = Float64Array.from(region, (_, count) => logFactorial(count));
  const there = regionProbability(region, logFactorials, 0.2, 0.1);
  t.true(Math.abs(regionSupremum(region, 0.1, 0.1, 0.1) - there) < 2e-8);
});
