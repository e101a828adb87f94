import test from 'ava';
import { margin } from '../../../lib/exits/criteria/margin.js';
import { EXTREME, isNear, LOGITS, outputOf } from './exit-output.js';

test('the margin is the difference of the two largest of scipy.special.softmax', (t) => {
  t.true(isNear(margin(outputOf(LOGITS)), 0.4163982865027579));
});

test('the order of the classes does not matter', (t) => {
  t.is(margin(outputOf([3, 2, -1])), margin(outputOf([-1, 2, 3])));
  t.is(margin(outputOf([2, 3, -1])), margin(outputOf([3, -1, 2])));
});

test('logits of ±1e4 neither overflow nor vanish', (t) => {
  t.true(isNear(margin(outputOf(EXTREME)), 0.4621171572600098));
});

test('two equal leaders have no margin, and a saturated softmax has margin 1', (t) => {
  t.is(margin(outputOf([4, 1, 4])), 0);
  t.is(margin(outputOf([1e4, -1e4, 0])), 1);
});
