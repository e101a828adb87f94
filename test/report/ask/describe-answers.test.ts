import test from 'ava';
import type { AnswersReport } from '../../../lib/cascade/ask/calibrate-answers.js';
import { describeAnswers } from '../../../lib/report/ask/describe-answers.js';
import { CALIBRATION, EVALUATION } from '../sample-cascade.js';

const REPORT: AnswersReport = {
  calibration: { ...CALIBRATION, method: 'shared', split: 'photos', promise: CALIBRATION.promise },
  evaluation: { ...EVALUATION, exits: EVALUATION.exits.map((exit) => ({ ...exit, accuracy_percent: null })) },
  labels: { test_images: 5000, given: 133, left_at_most: 0, breaks: 70, repairs: 33, missing: 0 },
  more: { images: 20_000, macs_saved_percent: 41.26, macs_saved_without_labels_percent: 20.04 },
};

function answered(changes: Partial<AnswersReport['labels']>): readonly string[] {
  return describeAnswers({ ...REPORT, labels: { ...REPORT.labels, ...changes } }).split('\n');
}

test('a calibration by few labels says what it costs and promises, and nothing that only more labels show', (t) => {
  t.is(
    describeAnswers(REPORT),
    `Thresholds chosen by --method shared on photos (5,000 images, of which 5,000 tested them with 133 labels):

              MACs per image
full network     125,485,696
cascade           79,192,657  36.9 % saved, heads charged
drop 0.74 points (70 broken, which the full network has right alone; 33 repaired, which it has wrong)

exit after    threshold  leave here    MACs each
block 8          0.8750      62.5 %   42,977,792
block 17       disabled       0.0 %            –
full network          –      37.5 %  125,553,792

With 95 % confidence the true drop on images from this source is at most 1 point. All labels that matter are there: more would not change the thresholds.
Of 20,000 such images about 532 labels would probably save 41.3 % under the same promise; without any, 20.0 %, and then what is promised is a disagreement of at most 1 point.`,
  );
});

test('missing labels count as broken, and it is said how many may still matter', (t) => {
  const lines = answered({ left_at_most: 41, breaks: 60, missing: 10 });
  t.is(
    lines[5],
    'drop at most 0.74 points (60 broken, which the full network has right alone; 33 repaired, which it has wrong; 10 images without a label counted as broken)',
  );
  t.regex(lines.at(-2)!, /At most 41 more labels can matter; .* what is promised now stays promised\.$/);
});

test('where nothing is promised it is said whether more labels may change that', (t) => {
  const nothing = { breaks: null, repairs: null, missing: null };
  t.regex(answered(nothing).at(-2)!, /^Nothing can be promised with 95 % confidence: the full network/);
  t.regex(answered({ ...nothing, left_at_most: 9 }).at(-2)!, /confidence by the labels so far: /);
  t.is(answered(nothing)[5], 'no drop: every image runs the full network');
});

test('where a gain is promised nothing is said of no labels, since agreement is none', (t) => {
  const gain: AnswersReport['calibration'] = {
    ...REPORT.calibration,
    target: { kind: 'max-drop', drop: -0.005 },
  };
  t.is(
    describeAnswers({ ...REPORT, calibration: gain })
      .split('\n')
      .at(-1),
    'Of 20,000 such images about 532 labels would probably save 41.3 % under the same promise.',
  );
});

test('where no label was needed none is spoken of', (t) => {
  const lines = answered({ given: 0 });
  t.regex(lines[0]!, /, of which 5,000 tested them without a label\):$/);
  t.is(
    lines.at(-1),
    'Of 20,000 such images, without a label as these, 41.3 % would probably be saved under the same promise.',
  );
});
