import test from 'ava';
import type { Calibration } from '../../../lib/artifact/calibration.js';
import type { Evaluation } from '../../../lib/cascade/evaluation.js';
import type { GroupEvaluation } from '../../../lib/cascade/group-evaluation.js';
import { verdictOf } from '../../../lib/report/verdict/verdict.js';
import { CALIBRATION, CALIBRATION_BY_TIME, EVALUATION, TIMED_EVALUATION } from '../sample-cascade.js';

/** All test images as one group, with so many breaks and repairs. */
function counted(breaks: number, repairs: number, contradicted: boolean | null = null): GroupEvaluation[] {
  const drop = { drop_points: 0, drop_low_points: 0, drop_high_points: 0 };
  return [
    { grouping: 'exit', group: 'all images', images: 5000, breaks, repairs, ...drop, contradicted },
    { grouping: 'class', group: 'cat', images: 500, breaks, repairs, ...drop, contradicted: null },
  ];
}

function verdict(
  changes: Partial<Calibration>,
  groups = counted(60, 36),
  evaluation: Partial<Evaluation> = {},
): readonly [string, string] {
  const { outcome, sentence } = verdictOf(
    { ...CALIBRATION, ...changes },
    { ...EVALUATION, ...evaluation },
    groups,
  );
  return [outcome, sentence];
}

const MEASURED = 'a drop of 0.48 points (95 % interval of the drop 0.16 to 0.83)';

test('a promise that the test images agree with is one sentence', (t) => {
  t.deepEqual(verdict({}), [
    'kept',
    `A drop of at most 1 point was asked for and promised with 95 % confidence; measured on 5,000 test images: ${MEASURED}, which does not contradict the promise.`,
  ]);
});

test('a promise is contradicted where that many breaks are improbable, not as soon as the measured drop is larger', (t) => {
  // 1.2 points and 2 points, with a standard error of about 0.15 and 0.2.
  t.is(verdict({}, counted(60, 0))[0], 'kept');
  const [outcome, sentence] = verdict({}, counted(100, 0));
  t.is(outcome, 'contradicted');
  t.regex(sentence, /, which contradicts the promise: these images are not from the source/);
});

test('a promise for every exit is contradicted by any of them', (t) => {
  const promise = { ...CALIBRATION.promise!, kind: 'per-exit' } as const;
  t.is(verdict({ promise }, counted(60, 36, false))[0], 'kept');
  const [outcome, sentence] = verdict({ promise }, counted(60, 36, true));
  t.is(outcome, 'contradicted');
  t.regex(sentence, /^A drop of at most 1 point at every exit was asked for/);
});

test('a measured gain is called one', (t) => {
  const gain = { drop_points: -0.2, drop_low_points: -0.5, drop_high_points: 0.1 };
  t.regex(
    verdict({}, counted(26, 36), gain)[1],
    /: a gain of 0\.20 points \(95 % interval of the drop -0\.50 to 0\.10\),/,
  );
});

test('without labels disagreement is what is measured and tested', (t) => {
  t.deepEqual(verdict({ labels: 'none', target: { kind: 'max-drop', drop: 0.02 } }, counted(96, 0)), [
    'kept',
    'A disagreement with the full network of at most 2 points was asked for and promised with 95 % confidence; measured on 5,000 test images: 1.92 points of disagreement, which does not contradict the promise.',
  ]);
});

test('a choice without a promise has nothing to keep', (t) => {
  t.deepEqual(verdict({ promise: null }), [
    'open',
    `A drop of at most 1 point was asked for without a promise; measured on 5,000 test images: ${MEASURED}, which is within it.`,
  ]);
  t.regex(verdict({ promise: null }, counted(60, 0))[1], /, which is not within it\.$/);
  const epsilon = {
    method: 'paper-epsilon',
    target: { kind: 'epsilon', epsilon: 0.01 },
    promise: null,
  } as const;
  t.regex(
    verdict(epsilon)[1],
    /^The paper's rule with a slack of 1 point at each exit was asked for .* which that rule does not bound\.$/,
  );
});

test('where no early exit could be promised, it is said that the full network is run', (t) => {
  const rule = { ...CALIBRATION.rule, thresholds: [null, null] };
  const [outcome, sentence] = verdict({ rule }, counted(0, 0));
  t.is(outcome, 'open');
  t.regex(
    sentence,
    /no early exit could be promised to keep to it, so the full network runs for every image/,
  );
});

test('a budget is held against the measured mean', (t) => {
  const budget = (share: number): readonly [string, string] =>
    verdict({ target: { kind: 'max-cost', share } });
  t.deepEqual(budget(0.64), [
    'kept',
    'A mean cost of at most 64 % of the MACs was asked for and promised with 95 % confidence; measured on 5,000 test images: 63.1 %, which does not contradict the promise.',
  ]);
  t.is(budget(0.63)[0], 'kept');
  t.is(budget(0.55)[0], 'contradicted');
});

test('a budget of time is held against times, and where none is known it is said', (t) => {
  const { outcome, sentence } = verdictOf(CALIBRATION_BY_TIME, TIMED_EVALUATION, counted(60, 36));
  t.is(outcome, 'kept');
  t.regex(sentence, /^A mean cost of at most 70 % of the full network's time, .*: 65\.5 %, which does not/);
  const unknown = verdictOf(CALIBRATION_BY_TIME, EVALUATION, counted(60, 36));
  t.is(unknown.outcome, 'open');
  t.regex(unknown.sentence, /: nothing, since no times of this machine are known\.$/);
});
