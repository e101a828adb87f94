import test from 'ava';
import { choleskySolver } from '../../lib/stats/cholesky.js';

test('a positive definite system is solved for any right side, as NumPy solves it', (t) => {
  const solve = choleskySolver(Float64Array.of(4, 9, 9, 2, 3, 9, 0.5, 1, 2), 3);
  // numpy.linalg.solve([[4, 2, .5], [2, 3, 1], [.5, 1, 2]], [1, 2, 3])
  const expected = [-0.03773584905660378, 0.22641509433962267, 1.3962264150943395];
  solve(Float64Array.of(1, 2, 3)).forEach((value, index) => {
    t.true(Math.abs(value - expected[index]!) < 1e-12);
  });
  t.deepEqual([...solve(Float64Array.of(0, 0, 0))], [0, 0, 0]);
});

test('what is not positive definite is refused', (t) => {
  t.throws(() => choleskySolver(Float64Array.of(1, 2, 2, 1), 2), { instanceOf: RangeError });
});
