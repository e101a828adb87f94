import test from 'ava';
import { evaluateTotals } from '../../lib/cascade/evaluation.js';
import { replay } from '../../lib/exits/replay.js';
import { TIMING } from '../support/timing.js';

const EXITS = [3, 7].map((block) => ({ name: `block ${block}`, block }));
const UNTIMED = { predicted_milliseconds: null };
const COSTS = { backbone: [100, 300], heads: [10, 20], full: 1000 };

test('percentages, points and MACs follow from the sums by hand', (t) => {
  const totals = { images: 32, counts: [16, 0, 16], correctCounts: [12, 0, 8], breaks: 9, repairs: 3 };
  // 16 images at 100 + 10, 16 at 1000 + 10 + 20.
  const {
    drop_low_points: low,
    drop_high_points: high,
    exits,
    ...others
  } = evaluateTotals(totals, { macs: COSTS, time: null }, [0.5, 0.25], EXITS);
  t.deepEqual(others, {
    images: 32,
    full_accuracy_percent: (100 * 26) / 32,
    accuracy_percent: (100 * 20) / 32,
    drop_points: (100 * 6) / 32,
    macs_per_image: 570,
    full_macs: 1000,
    macs_saved_percent: 43,
    batch_size: null,
    predicted_milliseconds_per_image: null,
    predicted_full_milliseconds_per_image: null,
    predicted_time_saved_percent: null,
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
      ...UNTIMED,
    },
    {
      name: 'block 7',
      block: 7,
      threshold: 0.25,
      enabled: true,
      share_percent: 0,
      accuracy_percent: null,
      macs: 330,
      ...UNTIMED,
    },
    {
      name: 'full network',
      block: null,
      threshold: null,
      enabled: true,
      share_percent: 50,
      accuracy_percent: 50,
      macs: 1030,
      ...UNTIMED,
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
    { macs: COSTS, time: null },
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

test('with measured times an evaluation tells both currencies, each of the same images', (t) => {
  const totals = { images: 32, counts: [16, 0, 16], correctCounts: [12, 0, 8], breaks: 9, repairs: 3 };
  const costs = { backbone: [300_000, 500_000], heads: [50_000, 60_000], full: 800_000 };
  const evaluated = evaluateTotals(
    totals,
    { macs: COSTS, time: { costs, timing: TIMING } },
    [0.5, null],
    EXITS,
  );
  // 16 images at 300 + 50 microseconds, 16 at 800 + 50.
  t.like(evaluated, {
    macs_per_image: (110 + 1010) / 2,
    batch_size: 1,
    predicted_milliseconds_per_image: 0.6,
    predicted_full_milliseconds_per_image: 0.8,
    predicted_time_saved_percent: 25,
  });
  t.deepEqual(
    evaluated.exits.map(({ macs, predicted_milliseconds }) => [macs, predicted_milliseconds]),
    [
      [110, 0.35],
      [310, 0.55],
      [1010, 0.85],
    ],
  );
});
