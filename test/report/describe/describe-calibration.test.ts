import test from 'ava';
import type { Calibration } from '../../../lib/artifact/calibration.js';
import { describeCalibration, describeTested } from '../../../lib/report/describe/describe-calibration.js';
import { CALIBRATION, EVALUATION } from '../sample-cascade.js';

const PROMISE = {
  path_images: 1500,
  test_images: 3500,
  candidates: 9,
  empirical: { ...EVALUATION, macs_saved_percent: 41 },
  kept: true,
  images_needed: null,
};
const EPSILON: Partial<Calibration> = {
  method: 'paper-epsilon',
  target: { kind: 'epsilon', epsilon: 0.01 },
  promise: null,
};

test('a calibration is its images, what it does with them, and its promise', (t) => {
  t.is(
    describeCalibration({ calibration: CALIBRATION, evaluation: EVALUATION, promise: PROMISE }),
    `Thresholds chosen by --method paper-path --average 0.4 on the first half of cifar10/test (5,000 images, of which 1,500 made the path and 3,500 tested it):

              accuracy  MACs per image
full network   93.84 %     125,485,696
cascade        93.36 %      79,192,657  36.9 % saved, heads charged
drop 0.48 points, 95 % interval 0.16 to 0.83 (paired, Tango)

exit after    threshold  leave here  of them right    MACs each
block 8          0.8750      62.5 %        98.08 %   42,977,792
block 17       disabled       0.0 %              –            –
full network          –      37.5 %        85.44 %  125,553,792

With 95 % confidence the true drop on images from this source is at most 1 point. The promise costs 4.1 points of the MACs: without it (--confidence none) 41.0 % would be saved, and the drop is exceeded on unseen images in about half of all cases.`,
  );
});

/** First and last line of what is said of a calibration without a promise. */
function ends(changes: Partial<Calibration>): readonly (string | undefined)[] {
  const calibration = { ...CALIBRATION, promise: null, ...changes };
  const lines = describeCalibration({ calibration, evaluation: EVALUATION }).split('\n');
  return [lines[0], lines.at(-1)];
}

test('where nothing was fitted no part of the images is said to have made the path', (t) => {
  const shared = {
    ...CALIBRATION,
    method: 'shared',
    rule: { ...CALIBRATION.rule, scoring: { criterion: 'softmax', averaging: 0, top: 1 } },
  } as const;
  const promise = { ...PROMISE, path_images: 0, test_images: 5000 };
  t.is(
    describeCalibration({ calibration: shared, evaluation: EVALUATION, promise }).split('\n')[0],
    'Thresholds chosen by --method shared on the first half of cifar10/test (5,000 images, all of which tested them):',
  );
});

test('an empirical choice is called one', (t) => {
  t.deepEqual(ends({}), [
    'Thresholds chosen by --method paper-path --average 0.4 on the first half of cifar10/test (5,000 images):',
    'The choice is empirical: on unseen images the drop or the cost is larger in about half of all cases.',
  ]);
});

test("the paper's slack is said to bound no drop", (t) => {
  t.regex(
    ends(EPSILON)[1]!,
    /^The slack is allowed to each exit, .* and bounds no drop of the whole cascade;/,
  );
});

test('without labels it is said what right means', (t) => {
  t.is(
    ends({ labels: 'none' })[0],
    'Thresholds chosen by --method paper-path --average 0.4 on the first half of cifar10/test (5,000 images; right means: as the full network):',
  );
});

/** The title of what a calibration does on the test split. */
function title(changes: Partial<Calibration>): string {
  const tested = { description: 'second half of cifar10/test', images: 5000 };
  return describeTested({ ...CALIBRATION, ...changes }, EVALUATION, tested).split('\n')[0]!;
}

const ON_TEST = ', on the second half of cifar10/test (5,000 images no choice has seen):';

test('figures on the test split say what was asked for', (t) => {
  t.is(title({}), `Asked for a drop of at most 1 point with 95 % confidence (paper-path)${ON_TEST}`);
  t.is(
    title({ labels: 'none', target: { kind: 'max-drop', drop: 0.005 }, promise: null }),
    `Asked for a disagreement with the full network of at most 0.5 points (paper-path)${ON_TEST.replace('):', '; right means: by their labels, which the choice went without):')}`,
  );
  t.is(
    title({ target: { kind: 'max-drop', drop: 0 } }),
    `Asked for no drop with 95 % confidence (paper-path)${ON_TEST}`,
  );
  t.is(
    title({ target: { kind: 'max-drop', drop: -0.005 } }),
    `Asked for a gain of at least 0.5 points with 95 % confidence (paper-path)${ON_TEST}`,
  );
  t.is(
    title({ target: { kind: 'max-cost', share: 0.6 }, method: 'joint' }),
    `Asked for at most 60 % of the MACs with 95 % confidence (joint)${ON_TEST}`,
  );
  t.is(title(EPSILON), `The paper's rule with a slack of 1 point${ON_TEST}`);
});
