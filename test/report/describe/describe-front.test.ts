import test from 'ava';
import type { Currency } from '../../../lib/artifact/timings/prices.js';
import type { CascadeFront, FrontPoint } from '../../../lib/cascade/sweep-cascade.js';
import { describeFront } from '../../../lib/report/describe/describe-front.js';
import { CALIBRATION, EVALUATION } from '../sample-cascade.js';

function point(drop: number, saved: number): FrontPoint {
  const test = {
    ...EVALUATION,
    accuracy_percent: 93.84 - drop,
    drop_points: drop,
    macs_saved_percent: saved,
  };
  return { thresholds: [], parameter: null, calibration: EVALUATION, test };
}

function described(points: readonly FrontPoint[], currency: Currency = 'macs'): string {
  const front: CascadeFront = {
    ...{ method: 'paper-path', scoring: CALIBRATION.rule.scoring, splitSeed: 0 },
    ...{ description: 'second half of cifar10/test', images: 5000, points, singleExits: [] },
    ...{ currency, prices: { macs: { backbone: [], heads: [], full: 125_485_696 }, time: null } },
  };
  return describeFront(front);
}

test('the cheapest point within each drop is shown, though one before it may lose more', (t) => {
  t.is(
    described([point(0, 0), point(0.4, 20), point(0.25, 30), point(2, 51.256), point(9, 70)]),
    `Front of 5 operating points, figures on the second half of cifar10/test (5,000 images):

realised drop at most  accuracy  MACs saved
0 points                93.84 %      0.00 %
0.25 points             93.59 %     30.00 %
0.5 points              93.59 %     30.00 %
1 point                 93.59 %     30.00 %
2 points                91.84 %     51.26 %
3 points                91.84 %     51.26 %
5 points                91.84 %     51.26 %`,
  );
});

test('a point that gains accuracy is within a drop of 0', (t) => {
  t.regex(described([point(0, 0), point(-0.1, 12)]), /^0 points +93\.94 % +12\.00 %$/m);
});

test('with measured times the front has a column of them, and by time the points are those that save most of it', (t) => {
  const timed = (drop: number, macs: number, time: number): FrontPoint => {
    const plain = point(drop, macs);
    const predicted = { batch_size: 1, predicted_time_saved_percent: time };
    return { ...plain, test: { ...plain.test, ...predicted } };
  };
  const points = [timed(0, 0, 0), timed(0.4, 30, 12.346), timed(0.45, 25, 20), timed(9, 70, 60)];
  t.is(
    described(points, 'time').split('\n').slice(2, 6).join('\n'),
    `realised drop at most  accuracy  MACs saved  time saved, one image at a time
0 points                93.84 %      0.00 %                           0.00 %
0.25 points             93.84 %      0.00 %                           0.00 %
0.5 points              93.39 %     25.00 %                          20.00 %`,
  );
  t.regex(described(points), /^0\.5 points +93\.44 % +30\.00 % +12\.35 %$/m);
});
