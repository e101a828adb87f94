import test from 'ava';
import { defaultAveraging, defaultMethod } from '../../lib/calibrate/default-search.js';
import { CRITERION_NAMES } from '../../lib/exits/criteria.js';

const HEADS = { backbone: [10, 20], heads: [1, 1], full: 30 };
const NETWORKS = { backbone: [10, 20], heads: [0, 0], full: 30, members: [0, 1, 2] };
const SEARCH = { method: 'shared', criterion: 'softmax', labelFree: false, costs: HEADS } as const;

test('a shared threshold is the default for every measure of confidence that has a scale', (t) => {
  t.deepEqual(
    CRITERION_NAMES.filter((criterion) => defaultMethod(criterion) !== 'shared'),
    ['energy'],
  );
});

test('where heads are dear images look for the exits that pay, but networks in a row have no heads', (t) => {
  t.is(defaultMethod('softmax', 'paying', HEADS), 'paper-path');
  t.is(defaultMethod('softmax', 'paying', NETWORKS), 'shared');
  t.is(defaultMethod('softmax', 'all', HEADS), 'shared');
});

test('outputs of heads are averaged by default, and those of networks in a row the more', (t) => {
  t.is(defaultAveraging(SEARCH), 0.4);
  t.is(defaultAveraging({ ...SEARCH, method: 'paper-path' }), 0.4);
  t.is(defaultAveraging({ ...SEARCH, costs: NETWORKS }), 0.8);
  // What costs less than a quarter is no match for the full network, whatever stands inside that.
  t.is(defaultAveraging({ ...SEARCH, costs: { ...NETWORKS, full: 81 } }), 0.4);
  t.is(defaultAveraging({ ...SEARCH, costs: { ...NETWORKS, full: 41, members: [0, 1, 1] } }), 0.4);
  // Two exits in the first network.
  t.is(defaultAveraging({ ...SEARCH, costs: { ...NETWORKS, members: [0, 0, 1] } }), 0.8);
});

test('nothing is averaged by default where the search, the measure or the missing labels have no use for it', (t) => {
  t.is(defaultAveraging({ ...SEARCH, method: 'joint' }), 0);
  t.is(defaultAveraging({ ...SEARCH, method: 'paper-epsilon' }), 0);
  t.is(defaultAveraging({ ...SEARCH, criterion: 'energy' }), 0);
  t.is(defaultAveraging({ ...SEARCH, criterion: 'patience' }), 0);
  t.is(defaultAveraging({ ...SEARCH, labelFree: true }), 0);
});
