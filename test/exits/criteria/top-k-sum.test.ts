import test from 'ava';
import { topKSum } from '../../../lib/exits/criteria/top-k-sum.js';
import { EXTREME, isNear, LOGITS, outputOf } from './exit-output.js';

test('the sum of the k largest probabilities is that of the sorted scipy.special.softmax', (t) => {
  t.true(isNear(topKSum(outputOf(LOGITS, 1)), 0.6587323900276633));
  t.true(isNear(topKSum(outputOf(LOGITS, 2)), 0.9010664935525686));
  t.true(isNear(topKSum(outputOf(LOGITS, 3)), 0.955138540881507));
});

test('the two that matter among logits of ±1e4 sum to 1', (t) => {
  t.true(isNear(topKSum(outputOf(EXTREME, 1)), 0.7310585786300049));
  t.is(topKSum(outputOf(EXTREME, 2)), 1);
});

test('of equal logits k take k shares', (t) => {
  t.is(topKSum(outputOf([3, 3, 3, 3], 3)), 0.75);
});
