import test from 'ava';
import { pricesOf } from '../../../lib/artifact/timings/prices.js';
import { DEFAULT_SCORING } from '../../../lib/exits/scoring.js';
import { comparisonRows } from '../../../lib/report/comparison-rows.js';
import { describeComparison } from '../../../lib/report/describe/describe-comparison.js';
import { TIMING } from '../../support/timing.js';
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
      timeSavedAtDrop: null,
      dropAtBudget: [{ mean: 0.0048, low: -0.001, high: 0.0083 }],
    },
    {
      method: { kind: 'one-exit', exits: [0, 1] },
      savedAtDrop: [null],
      timeSavedAtDrop: null,
      dropAtBudget: [null],
    },
    {
      method: { kind: 'one-exit', exits: [1] },
      savedAtDrop: [{ mean: 0.25, low: 0.25, high: 0.25 }],
      timeSavedAtDrop: null,
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
    ...{ cost: 'macs', max_time_percent: null, batch_size: null, predicted_time_saved_percent: null },
    ...{ predicted_time_saved_low_percent: null, predicted_time_saved_high_percent: null },
    ...{ macs_ahead_percent: null, macs_ahead_low_percent: null, macs_ahead_high_percent: null },
    ...{ confidence_percent: null, promised_time_saved_percent: null },
    ...{ promised_saved_percent: null, promised_saved_low_percent: null, promised_saved_high_percent: null },
    ...{ promised_drop_points: null, promised_drop_low_points: null, promised_drop_high_points: null },
    ...{ promised_ahead_percent: null, promised_ahead_low_percent: null, promised_ahead_high_percent: null },
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
      'Means over 20 halvings of 10,000 images, 95 % of the halvings in brackets.',
      '',
      'Exits 8 17',
      '',
      '                                    saved at 1 point   drop at 70 % MACs',
      'paper-path, softmax, averaged 0.4  36.9 [30.0, 42.5]  0.48 [-0.10, 0.83]',
      'one exit for all                                   –                   –',
      '',
      'Exits 17',
      '',
      '                   saved at 1 point  drop at 70 % MACs',
      'one exit for all  25.0 [25.0, 25.0]                  –',
    ].join('\n'),
  );
});

test('with measured times what is saved has two columns, and a budget is one of time where that was the currency', (t) => {
  const rows = comparisonRows(
    MANIFEST,
    { drops: [0.01], budgets: [0.7], splits: 20, currency: 'time', prices: pricesOf(MANIFEST, TIMING) },
    {
      images: 10_000,
      results: [
        {
          method: { kind: 'one-exit', exits: [1], scoring: DEFAULT_SCORING },
          savedAtDrop: [{ mean: 0.25, low: 0.25, high: 0.25 }],
          timeSavedAtDrop: [{ mean: 0.125, low: 0.1, high: 0.15 }],
          dropAtBudget: [{ mean: 0.01, low: 0, high: 0.02 }],
          aheadAtDrop: null,
          promised: null,
        },
      ],
      networks: [{ exit: 0, saved: 0.5, timeSaved: 0.4, drop: { mean: 0.02, low: 0.01, high: 0.03 } }],
    },
  );
  t.is(
    describeComparison(rows).split('\n').slice(4).join('\n'),
    `                  MACs saved at 1 point  predicted time saved at 1 point  drop at 70 % of the time
one exit for all      25.0 [25.0, 25.0]                12.5 [10.0, 15.0]         1.00 [0.00, 2.00]

One network alone

      drop in points  MACs saved  predicted time saved
8  2.00 [1.00, 3.00]      50.0 %                40.0 %`,
  );
  t.like(rows[1], { cost: 'time', max_macs_percent: null, max_time_percent: 70, batch_size: 1 });
});

test('under a promise each drop has one column more, and a published method is called by its name alone', (t) => {
  const rows = comparisonRows(
    MANIFEST,
    { drops: [0.01], budgets: [], splits: 20, confidence: 0.95 },
    {
      images: 10_000,
      results: [
        {
          method: { kind: 'neighbour', exits: [1], method: 'exit-policy', scoring: DEFAULT_SCORING },
          savedAtDrop: [{ mean: 0.25, low: 0.2, high: 0.3 }],
          timeSavedAtDrop: null,
          dropAtBudget: [],
          aheadAtDrop: null,
          promised: [
            {
              saved: { mean: 0.2, low: 0.1, high: 0.25 },
              timeSaved: null,
              drop: { mean: 0.004, low: 0, high: 0.008 },
              ahead: null,
            },
          ],
        },
      ],
      networks: [],
    },
  );
  t.is(
    describeComparison(rows).split('\n').slice(4).join('\n'),
    `              saved at 1 point  promised (95 %) at 1 point
exit-policy  25.0 [20.0, 30.0]           20.0 [10.0, 25.0]`,
  );
  t.true(describeComparison(rows, 'markdown').includes('| exit-policy | 25.0 [20.0, 30.0] |'));
  t.true(
    describeComparison(rows, 'text', 40)
      .split('\n')
      .slice(1)
      .every((line) => line.length <= 40),
  );
});
