import test from 'ava';
import { bisect } from '../../lib/stats/bisect.js';

test('bisect finds the largest double whose square is at most 2', (t) => {
  const root = bisect((x) => x * x <= 2, 0, 2);
  t.true(root * root <= 2);
  const next = root + Number.EPSILON;
  t.true(next * next > 2);
});

test('bisect keeps relative precision near zero', (t) => {
  t.is(
    bisect((x) => x <= 1e-200, 0, 1),
    1e-200,
  );
});

test('bisect works below zero', (t) => {
  t.is(
    bisect((x) => x <= -0.3, -1, 1),
    -0.3,
  );
});

test('bisect of an empty interval returns its end', (t) => {
  t.is(
    bisect(() => true, 0.5, 0.5),
    0.5,
  );
});

test('bisect refuses ends that are out of order or not finite', (t) => {
  t.throws(() => bisect(() => true, 1, 0), { instanceOf: RangeError });
  t.throws(() => bisect(() => true, 0, Infinity), { instanceOf: RangeError });
});
