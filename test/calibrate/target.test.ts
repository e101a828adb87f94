import test from 'ava';
import { isBetter, limitsOf, meets } from '../../lib/calibrate/target.js';

const DROP = { kind: 'max-drop', drop: 0.01 } as const;
const BUDGET = { kind: 'max-cost', share: 0.6 } as const;

test('a largest drop is a whole number of right answers, rounded down', (t) => {
  t.is(limitsOf(DROP, 5000, 100).lost, 50);
  t.is(limitsOf(DROP, 199, 100).lost, 1);
  t.is(limitsOf({ kind: 'max-drop', drop: 0 }, 5000, 100).lost, 0);
});

test('the product of drop and images does not lose an answer to rounding', (t) => {
  // 0.29 · 100 is 28.999999999999996 in doubles, 0.07 · 100 is 7.000000000000001.
  t.is(limitsOf({ kind: 'max-drop', drop: 0.29 }, 100, 1).lost, 29);
  t.is(limitsOf({ kind: 'max-drop', drop: 0.07 }, 100, 1).lost, 7);
});

test('a largest drop does not limit the MACs, a budget does not limit the drop', (t) => {
  t.like(limitsOf(BUDGET, 50, 100), { lost: Number.POSITIVE_INFINITY, cost: 3000 });
  t.true(meets({ lost: 50, cost: 1e12 }, limitsOf(DROP, 5000, 100)));
  t.true(meets({ lost: 49, cost: 3000 }, limitsOf(BUDGET, 50, 100)));
});

test('one answer or one MAC beyond the limit does not meet it', (t) => {
  t.false(meets({ lost: 51, cost: 0 }, limitsOf(DROP, 5000, 100)));
  t.false(meets({ lost: -9, cost: 3001 }, limitsOf(BUDGET, 50, 100)));
});

test('under a largest drop the cheaper is better, then the more accurate; under a budget the other way round', (t) => {
  const cheap = { lost: 5, cost: 10 };
  const accurate = { lost: 1, cost: 20 };
  t.true(isBetter(cheap, accurate, DROP));
  t.true(isBetter(accurate, cheap, BUDGET));
  t.true(isBetter({ lost: 4, cost: 10 }, cheap, DROP));
  t.true(isBetter({ lost: 5, cost: 9 }, cheap, BUDGET));
  t.false(isBetter(cheap, cheap, DROP));
  t.false(isBetter(cheap, cheap, BUDGET));
});
