import test from 'ava';
import { comparisonRows } from '../../../lib/report/comparison-rows.js';
import { describeComparison } from '../../../lib/report/describe/describe-comparison.js';
import { MANIFEST } from '../sample-cascade.js';

const ROWS = comparisonRows(MANIFEST, { drops: [0.01], budgets: [0.7], splits: 20 }, {
  images: 10_000,
  results: [
    {
      method: {
        ...{ kind: 'thresholds', exits: [0, 1], method: 'paper-path' },
        scoring: { criterion: 'softmax', averaging: 0.4, lastAveraging: 0.4, top: 1 },
      },
      savedAtDrop: [{ mean: 0.36891, low: 0.3, high: 0.425 }],
      dropAtBudget: [{ mean: 0.0048, low: -0.001, high: 0.0083 }],
    },
    { method: { kind: 'one-exit', exits: [0, 1] }, savedAtDrop: [null], dropAtBudget: [null] },
    {
      method: { kind: 'one-exit', exits: [1] },
      savedAtDrop: [{ mean: 0.25, low: 0.25, high: 0.25 }],
      dropAtBudget: [null],
    },
  ],
  networks: [],
} as unknown as Parameters<typeof comparisonRows>[2]);

test('a method has a row a drop and a row a budget, in percent, empty where it is not asked', (t) => {
  t.is(ROWS.length, 6);
  t.deepEqual(ROWS[0], {
    ...{
      cascade: 'r56',
      dataset: 'cifar10',
      exits: '8 17',
      method: 'paper-path',
      criterion: 'softmax, averaged 0.4',
    },
    ...{ splits: 20, images: 10_000, mac_convention: 'default', max_drop_points: 1, max_macs_percent: null },
    ...{ macs_saved_percent: 36.891, macs_saved_low_percent: 30, macs_saved_high_percent: 42.5 },
    ...{ drop_points: null, drop_low_points: null, drop_high_points: null },
  });
  t.like(ROWS[1], {
    max_drop_points: null,
    max_macs_percent: 70,
    macs_saved_percent: null,
    drop_points: 0.48,
  });
  t.like(ROWS[2], { method: 'one-exit', criterion: null, macs_saved_percent: null });
});

test('each set of exits has a table, a line a method', (t) => {
  t.is(
    describeComparison(ROWS),
    [
      'Means over 20 halvings of 10000 images, 95 % of the halvings in brackets.',
      '',
      'Exits after blocks 8 17',
      '',
      '                                    saved at 1 point   drop at 70 % MACs',
      'paper-path, softmax, averaged 0.4  36.9 [30.0, 42.5]  0.48 [-0.10, 0.83]',
      'one exit for all                                   –                   –',
      '',
      'Exits after blocks 17',
      '',
      '                   saved at 1 point  drop at 70 % MACs',
      'one exit for all  25.0 [25.0, 25.0]                  –',
    ].join('\n'),
  );
});
