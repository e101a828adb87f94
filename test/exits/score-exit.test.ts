import test from 'ava';
import { ExitHistory, isAmongTop, scoreExit, scoreLast } from '../../lib/exits/score-exit.js';
import { DEFAULT_SCORING, type Scoring } from '../../lib/exits/scoring.js';

const AVERAGED: Scoring = { ...DEFAULT_SCORING, averaging: 0.4 };
/** Three exits' logits of one image. */
const EXITS = [
  [1, 2, 0],
  [0, 0.5, 1.5],
  [3, 0, 0],
];

/** What exits run one after another say about one image in slot 0. */
function scores(scoring: Scoring, exits: readonly (readonly number[])[]) {
  const history = new ExitHistory(1, exits[0]!.length);
  return exits.map((logits, exit) => scoreExit(scoring, Float32Array.from(logits), exit, history, [0]));
}

function isClose(actual: ArrayLike<number>, expected: readonly number[]): boolean {
  return (
    actual.length === expected.length &&
    expected.every((value, index) => Math.abs(actual[index]! - value) < 1e-14 * (1 + Math.abs(value)))
  );
}

test('without averaging and temperatures the outputs are the logits', (t) => {
  t.deepEqual(
    scores(DEFAULT_SCORING, EXITS).map(({ outputs }) => [...outputs]),
    EXITS,
  );
});

test('averaged outputs are z ← log softmax + 0.4 z of the exit before, as computed with SciPy 1.17', (t) => {
  const [first, second, third] = scores(AVERAGED, EXITS);
  t.true(isClose(first!.outputs, [-1.4076059644443801, -0.40760596444438013, -2.40760596444438]));
  t.true(isClose(second!.outputs, [-2.527411169885697, -1.6274111698856968, -1.4274111698856968]));
  t.true(isClose(third!.outputs, [-1.10588742437524, -3.7458874243752396, -3.66588742437524]));
});

test('confidence and prediction are those of the averaged outputs', (t) => {
  const [, second, third] = scores(AVERAGED, EXITS);
  t.true(isClose(second!.confidence, [0.4647700066562455]));
  t.true(isClose(third!.confidence, [0.8705750769105403]));
  t.deepEqual([...second!.prediction, ...third!.prediction], [2, 0]);
});

test('an exit that is not run leaves nothing in the average', (t) => {
  const [, second] = scores(AVERAGED, [EXITS[0]!, EXITS[2]!]);
  t.true(isClose(second!.outputs, [-0.6579653421987132, -3.257965342198713, -4.057965342198713]));
});

/** What the full network says about one image after some exits. */
function lastScores(scoring: Scoring, exits: readonly (readonly number[])[], full: readonly number[]) {
  const history = new ExitHistory(1, full.length);
  for (const [exit, logits] of exits.entries())
    scoreExit(scoring, Float32Array.from(logits), exit, history, [0]);
  return scoreLast(scoring, Float32Array.from(full), history, [0]);
}

test('the last output is log softmax + its own weight times z of the exit before, as computed with SciPy 1.17', (t) => {
  const averaged: Scoring = { ...AVERAGED, lastAveraging: 0.8 };
  const expected = [-2.1168518923295188, -4.396851892329519, -4.236851892329518];
  t.true(isClose(lastScores(averaged, EXITS.slice(0, 2), EXITS[2]!), expected));
  const onlyLast: Scoring = { ...DEFAULT_SCORING, lastAveraging: 0.8 };
  const afterOne = [-1.221007727976465, -3.4210077279764652, -5.021007727976465];
  t.true(isClose(lastScores(onlyLast, EXITS.slice(0, 1), EXITS[2]!), afterOne));
});

test('the last output is the full network by itself where the scoring has no weight for it, or no exit is run before', (t) => {
  t.deepEqual([...lastScores(AVERAGED, EXITS.slice(0, 2), EXITS[2]!)], EXITS[2]);
  t.deepEqual([...lastScores({ ...AVERAGED, lastAveraging: 0.8 }, [], EXITS[2]!)], EXITS[2]);
});

test('each exit is divided by its own temperature', (t) => {
  const scoring: Scoring = { ...DEFAULT_SCORING, criterion: 'temperature', temperatures: [2, 0.5] };
  const [first, second] = scores(scoring, [EXITS[0]!, EXITS[0]!]);
  t.deepEqual([...first!.outputs], [0.5, 1, 0]);
  // scipy.special.softmax of logits / 2 and logits / 0.5.
  t.true(isClose(first!.confidence, [0.506480391055654]));
  t.true(isClose(second!.confidence, [0.8668133321973347]));
});

test('patience counts equal predictions in a row and starts again at every change', (t) => {
  const predictions = [1, 1, 0, 0, 0, 2, 0];
  const logits = predictions.map((label) => [0, 1, 2].map((other) => Number(other === label)));
  t.deepEqual(
    scores({ ...DEFAULT_SCORING, criterion: 'patience' }, logits).map(({ confidence }) => confidence[0]),
    [1, 2, 1, 2, 3, 1, 1],
  );
});

test('a first exit that predicts class 0 agrees with nobody yet', (t) => {
  const [first] = scores({ ...DEFAULT_SCORING, criterion: 'patience' }, [[5, 0, 0]]);
  t.is(first!.confidence[0], 1);
});

test('images that drop out between exits keep their own history, by their slots', (t) => {
  const history = new ExitHistory(3, 3);
  const first = Float32Array.from([1, 2, 0, 0, 0, 9, 1, 2, 0]);
  scoreExit(AVERAGED, first, 0, history, [0, 1, 2]);
  const later = scoreExit(AVERAGED, Float32Array.from(EXITS[1]!), 1, history, [2]);
  t.true(isClose(later.outputs, [-2.527411169885697, -1.6274111698856968, -1.4274111698856968]));
});

test('the recorded logits themselves are left as they are', (t) => {
  const logits = Float32Array.from(EXITS[0]!);
  scoreExit({ ...AVERAGED, temperatures: [3] }, logits, 0, new ExitHistory(1, 3), [0]);
  t.deepEqual([...logits], EXITS[0]!);
});

test('a class is among the top k if fewer than k are likelier', (t) => {
  const logits = [9, 9, 9, 1, 4, 3, 2];
  const amongTop = (top: number): boolean[] =>
    [0, 1, 2, 3].map((label) => isAmongTop(logits, 3, 4, label, top));
  t.deepEqual(amongTop(1), [false, true, false, false]);
  t.deepEqual(amongTop(2), [false, true, true, false]);
  t.deepEqual(amongTop(3), [false, true, true, true]);
});

test('of equal classes the first come first, so that exactly k are among the top k', (t) => {
  const logits = [1, 5, 5, 1, 5];
  for (let top = 1; top <= 5; top++) {
    const among = logits.map((_, label) => isAmongTop(logits, 0, 5, label, top));
    t.is(among.filter(Boolean).length, top);
    t.deepEqual(
      among,
      [0, 1, 2, 3, 4].map((label) => [1, 2, 4, 0, 3].indexOf(label) < top),
    );
  }
});
