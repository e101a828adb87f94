import test from 'ava';
import { patience } from '../../../lib/exits/criteria/patience.js';
import { LOGITS, outputOf } from './exit-output.js';

test('patience is the number of exits in a row that agree, whatever their logits', (t) => {
  t.is(patience(outputOf(LOGITS, 1, 3)), 3);
  t.is(patience(outputOf([0, 0, 0], 1, 1)), 1);
});
