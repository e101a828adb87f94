import test from 'ava';
import { energy } from '../../../lib/exits/criteria/energy.js';
import { EXTREME, isNear, LOGITS, outputOf } from './exit-output.js';

test('the energy is scipy.special.logsumexp', (t) => {
  t.true(isNear(energy(outputOf(LOGITS)), 3.4174379118897065));
  t.true(isNear(energy(outputOf(EXTREME)), 10000.31326168752));
});

test('adding a number to all logits adds it to the energy', (t) => {
  t.true(isNear(energy(outputOf(LOGITS.map((logit) => logit - 20))), 3.4174379118897065 - 20));
});

test('logits that are all very low give a very low energy, not minus infinity', (t) => {
  t.true(isNear(energy(outputOf([-1e4, -1e4])), -1e4 + Math.LN2));
});
