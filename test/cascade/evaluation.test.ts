import test from 'ava';
import { evaluateTotals } from '../../lib/cascade/evaluation.js';
import { replay } from '../../lib/exits/replay.js';

const EXITS = [3, 7].map((block) => ({ name: `block ${block}`, block }));
const COSTS = { backbone: [100, 300], heads: [10, 20], full: 1000 };

test('percentages, points and MACs follow from the sums by hand', (t) => {
  const totals = { images: 32, counts: [16, 0, 16], correctCounts: [12, 0, 8], breaks: 9, repairs: 3 };
  // 16 images at 100 + 10, 16 at 1000 + 10 + 20.
  const cost = 16 * 110 + 16 * 1030;
  const {
    drop_low_points: low,
    drop_high_points: high,
    exits,
    ...others
  } = evaluateTotals({ ...totals, cost }, COSTS, [0.5, 0.25], EXITS);
  t.deepEqual(others, {
    images: 32,
    full_accuracy_percent: (100 * 26) / 32,
    accuracy_percent: (100 * 20) / 32,
    drop_points: (100 * 6) / 32,
    macs_per_image: 570,
    full_macs: 1000,
    macs_saved_percent: 43,
  });
  // Tango 1998: the interval of 9 and 3 of 32 is −0.027 to 0.390.
  t.is(low.toFixed(1), '-2.7');
  t.is(high.toFixed(1), '39.0');
  t.deepEqual(exits, [
    {
      name: 'block 3',
      block: 3,
      threshold: 0.5,
      enabled: true,
      share_percent: 50,
      accuracy_percent: 75,
      macs: 110,
    },
    {
      name: 'block 7',
      block: 7,
      threshold: 0.25,
      enabled: true,
      share_percent: 0,
      accuracy_percent: null,
      macs: 330,
    },
    {
      name: 'full network',
      block: null,
      threshold: null,
      enabled: true,
      share_percent: 50,
      accuracy_percent: 50,
      macs: 1030,
    },
  ]);
});

test('a disabled exit keeps its images inside and its head is not billed', (t) => {
  const table = {
    images: 4,
    exits: [
      { confidence: Float64Array.of(1, 1, 1, 1), correct: Uint8Array.of(0, 0, 0, 0) },
      { confidence: Float64Array.of(0.9, 0.8, 0.1, 0.1), correct: Uint8Array.of(1, 0, 1, 1) },
    ],
    fullCorrect: Uint8Array.of(1, 1, 1, 0),
    costs: COSTS,
  };
  const { accuracy_percent, full_accuracy_percent, macs_per_image, exits } = evaluateTotals(
    replay(table, [null, 0.8]),
    COSTS,
    [null, 0.8],
    EXITS,
  );
  t.is(full_accuracy_percent, 75);
  t.is(accuracy_percent, 50);
  // Two at 300 + 20, two at 1000 + 20.
  t.is(macs_per_image, 670);
  t.like(exits[0], { enabled: false, threshold: null, share_percent: 0 });
  t.like(exits[1], { share_percent: 50, accuracy_percent: 50, macs: 320 });
});
