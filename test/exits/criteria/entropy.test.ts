import test from 'ava';
import { entropy } from '../../../lib/exits/criteria/entropy.js';
import { EXTREME, isNear, LOGITS, outputOf } from './exit-output.js';

test('the measure is 1 − scipy.stats.entropy(softmax) / ln(classes)', (t) => {
  t.true(isNear(entropy(outputOf(LOGITS)), 0.4149500217449047));
});

test('logits of ±1e4 neither overflow nor give NaN', (t) => {
  t.true(isNear(entropy(outputOf(EXTREME)), 0.5800292310084154));
});

test('a saturated softmax has 1, equal logits have 0', (t) => {
  t.is(entropy(outputOf([1e4, -1e4, 0])), 1);
  t.true(Math.abs(entropy(outputOf([2, 2, 2]))) < 1e-15);
});
