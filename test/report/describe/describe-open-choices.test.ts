import test from 'ava';
import { describeAssumptions } from '../../../lib/report/describe/describe-open-choices.js';

const openChoices = new Map([
  ['stride', '3x3'],
  ['stemPool', 'none'],
] as const);

test('what weights leave open is a sentence each, but where their user has said it or they are known', (t) => {
  t.deepEqual(describeAssumptions({ isKnown: false, openChoices }, { stemPool: 'none' }), [
    'The weights cannot tell which convolution of a bottleneck has its stride: --stride 3x3 is assumed (else 1x1).',
  ]);
  t.is(describeAssumptions({ isKnown: false, openChoices }, {}).length, 2);
  t.deepEqual(describeAssumptions({ isKnown: true, openChoices }, {}), []);
});
