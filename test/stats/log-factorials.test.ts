import test from 'ava';
import { logFactorial } from '../../lib/stats/log-factorial.js';
import { logFactorials } from '../../lib/stats/log-factorials.js';

test('logFactorials are logFactorial of every count, whether more or fewer were asked for before', (t) => {
  for (const n of [40, 3, 0, 90])
    t.deepEqual(
      [...logFactorials(n)],
      Array.from({ length: n + 1 }, (_, count) => logFactorial(count)),
    );
});

test('logFactorials refuses fractions and negative numbers', (t) => {
  t.throws(() => logFactorials(-1), { instanceOf: RangeError });
  t.throws(() => logFactorials(2.5), { instanceOf: RangeError });
});
