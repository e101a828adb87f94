import test from 'ava';
import fc from 'fast-check';
import { isotonic } from '../../lib/stats/isotonic.js';

test('values that fall are pooled as R pools them', (t) => {
  // R: isoreg(c(1, 0, 4, 3, 3, 5, 4, 2, 0))$yf
  t.deepEqual(isotonic([1, 0, 4, 3, 3, 5, 4, 2, 0]), [0.5, 0.5, 3, 3, 3, 3, 3, 3, 3]);
  t.deepEqual(isotonic([]), []);
});

test('the result never falls, keeps the sum, and leaves alone what never fell', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 30 }), (values) => {
      const fitted = isotonic(values);
      const sum = (of: readonly number[]): number => of.reduce((total, value) => total + value, 0);
      t.true(fitted.every((value, index) => index === 0 || value >= fitted[index - 1]!));
      t.true(Math.abs(sum(fitted) - sum(values)) < 1e-6);
      const rising = [...values].sort((a, b) => a - b);
      t.deepEqual(isotonic(rising), rising);
    }),
  );
});
