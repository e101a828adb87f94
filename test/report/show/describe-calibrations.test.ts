import test from 'ava';
import { calibrationRows } from '../../../lib/report/show/calibration-rows.js';
import { describeCalibrations } from '../../../lib/report/show/describe-calibrations.js';
import { CALIBRATION, CALIBRATION_BY_TIME } from '../sample-cascade.js';

const named = { ...CALIBRATION_BY_TIME, name: 'fast' };
const BOTH = { all: [CALIBRATION, named], active: CALIBRATION };

test('all calibrations stand in one table, with the words that make another the active one', (t) => {
  const [header, first, second, , how] = describeCalibrations(BOTH, 'r56.cascade').split('\n');
  t.regex(
    header!,
    /^ +name +asked for +method +confidence by +promised at +on images +split seed +exits run$/,
  );
  t.regex(
    first!,
    /^\* 1 {2}– +a drop of at most 1 point +paper-path +softmax, averaged 0\.4 +95 % +5,000 +7 +1 of 2$/,
  );
  t.regex(
    second!,
    /^ {2}2 {2}fast +70 % of the time, by the time of one image at a time +paper-path .* 1 of 2$/,
  );
  t.is(
    how,
    '* The active calibration, which commands take where no --use is given; `cascade show r56.cascade --use fast` makes another the active one.',
  );
});

test('a cascade without thresholds says how to choose some', (t) => {
  t.is(
    describeCalibrations({ all: [], active: undefined }, 'r56.cascade'),
    'There are no thresholds yet; `cascade calibrate r56.cascade --max-drop 1%` chooses some.',
  );
});

test('show --json has calibrations in the words of the CSV files', (t) => {
  t.deepEqual(calibrationRows(BOTH)[0], {
    ...{ number: 1, name: null, active: true, method: 'paper-path', criterion: 'softmax, averaged 0.4' },
    ...{ max_drop_points: 1, max_macs_percent: null, epsilon_points: null, max_time_percent: null },
    ...{ confidence_percent: 95, promise_kind: 'mean', labels: 'given' },
    ...{ split: 'first half of cifar10/test', split_seed: 7, images: 5000, cost: 'macs', batch_size: null },
    thresholds: [0.875, null],
  });
  t.like(calibrationRows(BOTH)[1], {
    ...{ number: 2, name: 'fast', active: false, max_time_percent: 70, cost: 'time', batch_size: 1 },
  });
});
