import test from 'ava';
import { createAdam } from '../../lib/stats/adam.js';

test('three steps down x² + 3 (y − 1)² are those of PyTorch', (t) => {
  const parameters = Float64Array.of(1, -2);
  const adam = createAdam(2, 0.1);
  for (let step = 0; step < 3; step++)
    adam(parameters, Float64Array.of(2 * parameters[0]!, 6 * (parameters[1]! - 1)));
  // torch.optim.Adam([1., -2.], lr=0.1), float64
  const expected = [0.7015862729460302, -1.700381523112696];
  parameters.forEach((value, index) => {
    t.true(Math.abs(value - expected[index]!) < 1e-7);
  });
});
