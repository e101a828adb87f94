import test from 'ava';
import { COST_AXES } from '../../lib/report/cost-axis.js';
import type { EvalRow, ExitRow } from '../../lib/report/rows-read.js';

const POINT = {
  ...{ macs_saved_percent: 36.9, full_macs: 125_485_696, mac_convention: 'default' },
  ...{ predicted_time_saved_percent: 34.5, predicted_full_milliseconds_per_image: 2.004, batch_size: 1 },
} as EvalRow;
const EXIT = {
  ...{ exit: 0, macs: 4_089_184_256, macs_percent: 34.25, mac_convention: 'thop' },
  ...{ predicted_milliseconds: 0.86, predicted_time_percent: 43, batch_size: 128 },
} as ExitRow;

test('by MACs a row costs what it does not save, or an exit its share', (t) => {
  const { percentOf, fullWords, basisOf } = COST_AXES.macs;
  t.is(percentOf(POINT)!.toFixed(6), '63.100000');
  t.is(percentOf(EXIT), 34.25);
  t.is(fullWords(POINT), '125.5 M MACs');
  t.is(fullWords(EXIT), '4.09 G MACs');
  t.is(basisOf(POINT), '');
  t.is(basisOf(EXIT), 'MACs are counted as in thop');
});

test('by time it is the same of what is predicted, and a row without says nothing', (t) => {
  const { percentOf, fullWords, basisOf } = COST_AXES.time;
  t.is(percentOf(POINT), 65.5);
  t.is(percentOf(EXIT), 43);
  t.is(fullWords(POINT), '2.00 ms');
  t.is(basisOf(POINT), 'Times are predicted from those of the exits, one image at a time');
  const untimed = {
    ...POINT,
    ...{ predicted_time_saved_percent: null, predicted_full_milliseconds_per_image: null, batch_size: null },
  };
  t.is(percentOf(untimed), null);
  t.is(fullWords(untimed), null);
  t.is(basisOf(untimed), '');
});
