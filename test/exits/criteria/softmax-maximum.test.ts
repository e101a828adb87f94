import test from 'ava';
import { softmaxMaximum } from '../../../lib/exits/criteria/softmax-maximum.js';
import { EXTREME, isNear, LOGITS, outputOf } from './exit-output.js';

test('the largest softmax probability is that of scipy.special.softmax', (t) => {
  t.true(isNear(softmaxMaximum(outputOf(LOGITS)), 0.6587323900276633));
});

test('logits of ±1e4 neither overflow nor vanish', (t) => {
  t.true(isNear(softmaxMaximum(outputOf(EXTREME)), 0.7310585786300049));
});

test('a saturated softmax is exactly 1', (t) => {
  t.is(softmaxMaximum(outputOf([1e4, -1e4, 0])), 1);
  t.is(softmaxMaximum(outputOf([40, 0, 0])), 1);
});

test('equal logits give one over the number of classes', (t) => {
  t.is(softmaxMaximum(outputOf([7, 7, 7, 7])), 0.25);
});
