import test from 'ava';
import {
  contradictingGroups,
  contradictsBudget,
  keptPValue,
} from '../../../lib/calibrate/promises/contradicts.js';

test('the p-value of a kept promise is at least the binomial one of its breaks alone, and small where they are many', (t) => {
  // SciPy 1.17: binom.sf(14, 500, 0.01) and (19, 500, 0.01): 15 and 20 breaks or more.
  for (const [breaks, binomial, most] of [
    [15, 0.00020567786482, 0.005],
    [20, 2.7746299236e-7, 0.0005],
  ] as const) {
    const pValue = keptPValue({ images: 500, breaks, repairs: 0 }, 0.01, false);
    t.true(pValue >= binomial && pValue <= most, `${pValue}`);
  }
  t.true(keptPValue({ images: 500, breaks: 5, repairs: 0 }, 0.01, false) > 0.3);
});

test('of a disagreement it is the binomial one', (t) => {
  // scipy.stats.binom.sf(9, 500, 0.01).
  const pValue = keptPValue({ images: 500, breaks: 10, repairs: 0 }, 0.01, true);
  t.true(Math.abs(pValue / 0.0311021066484879 - 1) < 1e-9, `${pValue}`);
});

test('nothing is contradicted without images, nor by a drop of everything', (t) => {
  t.is(keptPValue({ images: 0, breaks: 0, repairs: 0 }, 0.01, false), 1);
  t.is(keptPValue({ images: 9, breaks: 9, repairs: 0 }, 1, false), 1);
});

test('the more groups are looked at, the more it takes of one', (t) => {
  const odd = { images: 500, breaks: 10, repairs: 0 };
  const kept = { images: 500, breaks: 0, repairs: 0 };
  t.deepEqual(contradictingGroups([odd], 0.01, true, 0.05), [odd]);
  t.deepEqual(contradictingGroups([odd, kept], 0.01, true, 0.05), []);
});

test('a budget is contradicted by a mean that lies above it by more than chance', (t) => {
  // Two places, 1 and 3: a mean of at most 2 is a probability of at most 1/2 of the dearer; the binomial tail from 540 of 1000 is 0.0062, that from 510 is 0.27.
  const places = (dear: number) => [
    { cost: 1, count: 1000 - dear },
    { cost: 3, count: dear },
  ];
  t.true(contradictsBudget(places(540), 2, 0.05));
  t.false(contradictsBudget(places(510), 2, 0.05));
  t.false(contradictsBudget(places(400), 2, 0.05));
  t.false(contradictsBudget(places(1000), 3, 0.05));
  t.true(contradictsBudget(places(1), 1, 0.05));
  t.false(contradictsBudget(places(0), 1, 0.05));
  t.true(contradictsBudget(places(0), 0.5, 0.05));
});
