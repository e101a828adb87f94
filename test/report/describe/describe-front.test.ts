import test from 'ava';
import type { Currency } from '../../../lib/artifact/timings/prices.js';
import type { CascadeFront, SweptPoint } from '../../../lib/cascade/sweep-cascade.js';
import { describeFront } from '../../../lib/report/describe/describe-front.js';
import { CALIBRATION, EVALUATION } from '../sample-cascade.js';

/** A point by its drop and savings on the calibration split; on the test split it drops `more`. */
function point(drop: number, saved: number, more = 0, time: number | null = null): SweptPoint {
  const on = (dropped: number): SweptPoint['test'] => ({
    ...EVALUATION,
    accuracy_percent: 93.84 - dropped,
    drop_points: dropped,
    macs_saved_percent: saved,
    ...(time !== null && { batch_size: 1, predicted_time_saved_percent: time }),
  });
  return { thresholds: [], parameter: null, calibration: on(drop), test: on(drop + more) };
}

function described(points: readonly SweptPoint[], currency: Currency = 'macs'): string {
  const front: CascadeFront = {
    ...{ method: 'paper-path', scoring: CALIBRATION.rule.scoring, splitSeed: 0 },
    ...{ description: 'second half of cifar10/test', images: 5000, points, singleExits: [] },
    ...{ currency, prices: { macs: { backbone: [], heads: [], full: 125_485_696 }, time: null } },
  };
  return describeFront(front);
}

test('points are picked by their drop on the calibration split, whatever they drop on the test split', (t) => {
  t.is(
    described([point(0, 0), point(0.4, 20), point(0.25, 30, 1.5), point(2, 51.256, -0.75), point(9, 70)]),
    `Front of 5 operating points (paper-path, softmax, averaged 0.4, by MACs), figures on the second half of cifar10/test (5,000 images):

drop chosen for  measured drop  accuracy  MACs saved
0 points              0 points   93.84 %      0.00 %
0.25 points        1.75 points   92.09 %     30.00 %
0.5 points         1.75 points   92.09 %     30.00 %
1 point            1.75 points   92.09 %     30.00 %
2 points           1.25 points   92.59 %     51.26 %
3 points           1.25 points   92.59 %     51.26 %
5 points           1.25 points   92.59 %     51.26 %

Each row is the cheapest point whose drop on the calibration images is at most the one named: test images choose nothing, and in about half of all cases a point drops more on them. \`cascade calibrate --max-drop\` chooses one with a promise.`,
  );
});

test('a point that gains accuracy on the calibration split is within a drop of 0', (t) => {
  t.regex(described([point(0, 0), point(-0.1, 12)]), /^0 points +-0\.1 points +93\.94 % +12\.00 %$/m);
});

test('with measured times the front has a column of them, and by time the points are those that save most of it', (t) => {
  const points = [point(0, 0, 0, 0), point(0.4, 30, 0, 12.346), point(0.45, 25, 0, 20), point(9, 70, 0, 60)];
  t.is(
    described(points, 'time').split('\n').slice(2, 6).join('\n'),
    `drop chosen for  measured drop  accuracy  MACs saved  predicted time saved, one image at a time
0 points              0 points   93.84 %      0.00 %                                     0.00 %
0.25 points           0 points   93.84 %      0.00 %                                     0.00 %
0.5 points         0.45 points   93.39 %     25.00 %                                    20.00 %`,
  );
  t.regex(described(points), /^0\.5 points +0\.4 points +93\.44 % +30\.00 % +12\.35 %$/m);
});
