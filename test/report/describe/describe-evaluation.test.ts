import test from 'ava';
import {
  chargedWords,
  describeEvaluation,
  describeThreshold,
} from '../../../lib/report/describe/describe-evaluation.js';
import { EVALUATION, TIMED_EVALUATION } from '../sample-cascade.js';

test('an evaluation is a summary, its drop and a table of its exits', (t) => {
  t.deepEqual(describeEvaluation(EVALUATION, 'On the test half', 'softmax').split('\n'), [
    'On the test half:',
    '',
    '              accuracy  MACs per image',
    'full network   93.84 %     125,485,696',
    'cascade        93.36 %      79,192,657  36.9 % saved, heads charged',
    'drop 0.48 points, 95 % interval 0.16 to 0.83 (paired, Tango)',
    '',
    'exit after    threshold  leave here  of them right    MACs each',
    'block 8          0.8750      62.5 %        98.08 %   42,977,792',
    'block 17       disabled       0.0 %              –            –',
    'full network          –      37.5 %        85.44 %  125,553,792',
  ]);
});

test('with measured times both currencies are shown, in sum and of each exit', (t) => {
  t.deepEqual(describeEvaluation(TIMED_EVALUATION, 'On the test half', 'softmax').split('\n'), [
    'On the test half:',
    '',
    '              accuracy  MACs per image                               predicted time, one image at a time',
    'full network   93.84 %     125,485,696                                                          2.000 ms',
    'cascade        93.36 %      79,192,657  36.9 % saved, heads charged                             1.310 ms  34.5 % saved',
    'drop 0.48 points, 95 % interval 0.16 to 0.83 (paired, Tango)',
    '',
    'exit after    threshold  leave here  of them right    MACs each  predicted time each',
    'block 8          0.8750      62.5 %        98.08 %   42,977,792             0.860 ms',
    'block 17       disabled       0.0 %              –            –                    –',
    'full network          –      37.5 %        85.44 %  125,553,792             2.060 ms',
  ]);
});

test('of networks in a row those before are charged, and heads only where there are some', (t) => {
  const [network, head] = [{ block: null }, { block: 8 }];
  t.is(chargedWords([head, head, network]), 'heads charged');
  t.is(chargedWords([network, network, network]), 'networks before charged');
  t.is(chargedWords([network, head, network]), 'networks before and heads charged');
});

test('a patience is a number of exits, another threshold has four digits', (t) => {
  const exit = { enabled: true, threshold: 2 };
  t.is(describeThreshold(exit, 'patience'), '2');
  t.is(describeThreshold(exit, 'energy'), '2.0000');
  t.is(describeThreshold({ ...exit, enabled: false }, 'patience'), 'disabled');
});
