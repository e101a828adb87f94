import test from 'ava';
import {
  chooseByEpsilon,
  chooseCertified,
  chooseEmpirically,
  makeCertifiedPath,
  type Search,
} from '../../lib/calibrate/calibrate.js';
import { certifiedUnderDrop, exactDropTest } from '../../lib/calibrate/certified-path.js';
import { chooseOnPath } from '../../lib/calibrate/choose-on-path.js';
import { jointSearch } from '../../lib/calibrate/joint/joint-search.js';
import { paperThresholds } from '../../lib/calibrate/paper-rule.js';
import { paperPath } from '../../lib/calibrate/paths/paper-path.js';
import type { Target } from '../../lib/calibrate/target.js';
import { CRITERION_NAMES } from '../../lib/exits/criteria.js';
import {
  outputRows,
  type RecordedOutputs,
  scoredTables,
  withoutLabels,
} from '../../lib/exits/recorded-outputs.js';
import { replay } from '../../lib/exits/replay.js';
import { averagedBy, DEFAULT_SCORING, type Scoring } from '../../lib/exits/scoring.js';
import { enabledExits } from '../../lib/exits/thresholds.js';
import { permutation } from '../../lib/stats/permutation.js';
import { createRandom } from '../../lib/stats/random.js';
import { syntheticPopulation } from '../support/synthetic-population.js';

const OUTPUTS = syntheticPopulation(2000, 3, 1);
const SEARCH: Search = { method: 'paper-path', scoring: DEFAULT_SCORING, labelFree: false };
const DROP = { kind: 'max-drop', drop: 0.03 } as const;
const BUDGET = { kind: 'max-cost', share: 0.7 } as const;

/** The images that make the path and those that test it, as a seed parts them. */
function parts(
  outputs: RecordedOutputs,
  seed: number,
  pathImages: number,
): [RecordedOutputs, RecordedOutputs] {
  const order = permutation(outputs.labels.length, createRandom(seed));
  return [
    outputRows(outputs, order.subarray(0, pathImages)),
    outputRows(outputs, order.subarray(pathImages)),
  ];
}

test('the empirical choice is the best of the path, or of the joint search, on all images', (t) => {
  const tables = scoredTables(OUTPUTS, DEFAULT_SCORING);
  for (const target of [DROP, BUDGET]) {
    t.deepEqual(chooseEmpirically(OUTPUTS, SEARCH, target).point, chooseOnPath(paperPath, tables, target));
    t.deepEqual(
      chooseEmpirically(OUTPUTS, { ...SEARCH, method: 'joint' }, target).point,
      jointSearch(tables, target),
    );
  }
});

test('without labels the empirical choice keeps the disagreement within the drop, and saves no more', (t) => {
  const labelled = chooseEmpirically(OUTPUTS, SEARCH, DROP).point.outcome;
  const { thresholds, outcome } = chooseEmpirically(OUTPUTS, { ...SEARCH, labelFree: true }, DROP).point;
  const table = scoredTables(withoutLabels(OUTPUTS), DEFAULT_SCORING).table(enabledExits(thresholds));
  t.deepEqual(outcome, replay(table, thresholds));
  t.is(outcome.repairs, 0);
  t.true(outcome.breaks <= 0.03 * 2000 && outcome.breaks > 0);
  t.true(outcome.cost > labelled.cost);
});

test("the choice by ε is the paper's rule over all images", (t) => {
  const table = scoredTables(OUTPUTS, DEFAULT_SCORING).table([true, true, true]);
  const { point } = chooseByEpsilon(OUTPUTS, DEFAULT_SCORING, 0.02);
  t.deepEqual(point.thresholds, paperThresholds(table, 0.02));
  t.is(point.parameter, 0.02);
});

test('the images that test a path have no part in making it', (t) => {
  const [, testing] = parts(OUTPUTS, 5, 600);
  const isTesting = new Uint8Array(2000);
  permutation(2000, createRandom(5))
    .subarray(600)
    .forEach((row) => {
      isTesting[row] = 1;
    });
  for (const criterion of CRITERION_NAMES) {
    const search = { ...SEARCH, scoring: { ...DEFAULT_SCORING, criterion } };
    // Where the testing images are turned into others, the candidates stay the same.
    const other = {
      ...OUTPUTS,
      labels: OUTPUTS.labels.map((label, row) => (isTesting[row] ? (label + 1) % 4 : label)),
      exitLogits: OUTPUTS.exitLogits.map((logits) =>
        logits.map((logit, index) => (isTesting[Math.floor(index / 4)] ? -3 * logit : logit)),
      ),
    };
    const [made, madeOfOther] = [OUTPUTS, other].map((outputs) =>
      makeCertifiedPath(outputs, search, DROP, 5),
    );
    t.deepEqual(made!.scoring, madeOfOther!.scoring);
    t.deepEqual(
      made!.path.points.map(({ thresholds }) => thresholds),
      madeOfOther!.path.points.map(({ thresholds }) => thresholds),
    );
    t.notDeepEqual(made!.path, madeOfOther!.path);
    t.is(made!.pathImages, 600);
    t.is(made!.path.images, testing.labels.length);
  }
});

test('the counts of a path are those of its thresholds on the testing images, for every criterion and averaged outputs', (t) => {
  const [, testing] = parts(OUTPUTS, 5, 600);
  for (const criterion of CRITERION_NAMES) {
    for (const averaging of [0, 0.4]) {
      const search = { ...SEARCH, scoring: { criterion, averaging, top: 1 } };
      const { scoring, path } = makeCertifiedPath(OUTPUTS, search, DROP, 5);
      const tables = scoredTables(testing, scoring);
      t.true(path.points.length > 0);
      for (const { thresholds, breaks, repairs, cost } of path.points) {
        const plain = replay(tables.table(enabledExits(thresholds)), thresholds);
        t.deepEqual([breaks, repairs, cost], [plain.breaks, plain.repairs, plain.cost]);
      }
    }
  }
});

test('the share of the images that makes the path can be chosen', (t) => {
  t.is(makeCertifiedPath(OUTPUTS, SEARCH, DROP, 0, 0.25).pathImages, 500);
});

test('the certified choice is the last of its path before the first that the exact test does not reject', (t) => {
  const { path, point } = chooseCertified(OUTPUTS, SEARCH, DROP, 0.95, 3);
  const position = path.points.indexOf(point!);
  const pValues = path.points.map((each) => exactDropTest(each, path.images, 0.03, false));
  t.true(position >= 0 && position < path.points.length - 1);
  t.true(pValues.slice(0, position + 1).every((pValue) => pValue <= 0.05));
  t.true(pValues[position + 1]! > 0.05);
});

test('a certified choice has an observed drop below the one that it promises', (t) => {
  for (let seed = 0; seed < 5; seed++) {
    const { path, point } = chooseCertified(OUTPUTS, SEARCH, DROP, 0.95, seed);
    t.true(point !== undefined && (point.breaks - point.repairs) / path.images < 0.03);
  }
});

test('more confidence never gives a cheaper choice, on the same path', (t) => {
  const { path } = makeCertifiedPath(OUTPUTS, SEARCH, DROP, 2);
  const positions = [0.5, 0.8, 0.95, 0.99, 0.999].map((confidence) => {
    const point = certifiedUnderDrop(path, 0.03, confidence, OUTPUTS.costs);
    return point === undefined ? -1 : path.points.indexOf(point);
  });
  t.deepEqual(
    positions,
    [...positions].sort((a, b) => b - a),
  );
  t.true(positions[0]! > positions.at(-1)!);
});

test('a certified budget is kept by the observed cost, and its path goes to the cheapest', (t) => {
  const { path, point } = chooseCertified(OUTPUTS, SEARCH, BUDGET, 0.95, 3);
  t.true(point !== undefined);
  t.true(point!.cost / path.images < 0.7 * 10_000);
});

const SHARED: Search = { ...SEARCH, method: 'shared' };

test('by a shared threshold no image makes the path and all test it, whatever the seed', (t) => {
  const { path, pathImages, scoring } = makeCertifiedPath(OUTPUTS, SHARED, DROP, 0);
  t.is(pathImages, 0);
  t.is(path.images, OUTPUTS.labels.length);
  t.is(scoring, SHARED.scoring);
  t.deepEqual(makeCertifiedPath(OUTPUTS, SHARED, DROP, 1).path, path);
  const tables = scoredTables(OUTPUTS, scoring);
  for (const { thresholds, breaks, repairs, cost } of path.points.filter((_, index) => index % 20 === 0))
    t.like(replay(tables.table([true, true, true]), thresholds), { breaks, repairs, cost });
});

test('the candidates of a shared threshold are the same for other images and for another target', (t) => {
  const candidates = (outputs: RecordedOutputs, target: Target) =>
    makeCertifiedPath(outputs, SHARED, target, 0).path.points.map(({ thresholds }) => thresholds);
  const others = candidates(syntheticPopulation(300, 3, 2), BUDGET);
  t.deepEqual(candidates(OUTPUTS, DROP), others);
});

test('a shared threshold certifies a drop and a budget', (t) => {
  const { point } = chooseCertified(OUTPUTS, SHARED, DROP, 0.95, 0);
  t.true((point!.breaks - point!.repairs) / 2000 < 0.03);
  t.true(point!.cost < OUTPUTS.costs.full * 2000);
  const cheap = chooseCertified(OUTPUTS, SHARED, BUDGET, 0.95, 0).point;
  t.true(cheap!.cost / 2000 < 0.7 * OUTPUTS.costs.full);
});

test('a shared threshold spends images only where something is fitted to them: temperatures, or the way of scoring', (t) => {
  const temperature: Scoring = { ...DEFAULT_SCORING, criterion: 'temperature' };
  const scorings = [0, 0.4].map((weight) => ({ ...DEFAULT_SCORING, ...averagedBy(weight) }));
  for (const search of [
    { ...SHARED, scoring: temperature },
    { ...SHARED, scorings },
  ]) {
    const { path, pathImages } = makeCertifiedPath(OUTPUTS, search, DROP, 0);
    t.is(pathImages, 600);
    t.is(path.images, 1400);
  }
});

test('of several ways of scoring the one is taken that serves the target best on the images that make the path', (t) => {
  const scorings = [0, 0.4, 0.8].map((weight) => ({ ...DEFAULT_SCORING, ...averagedBy(weight) }));
  for (const method of ['shared', 'paper-path'] as const) {
    const search = { ...SEARCH, method, scorings };
    const [making] = parts(OUTPUTS, 5, 600);
    const costs = scorings.map(
      (scoring) => chooseEmpirically(making, { ...SEARCH, method, scoring }, DROP).point.outcome.cost,
    );
    const best = scorings[costs.indexOf(Math.min(...costs))];
    t.deepEqual(makeCertifiedPath(OUTPUTS, search, DROP, 5).scoring, best);
    t.deepEqual(chooseEmpirically(making, search, DROP).rule.scoring, best);
  }
});

test('few images certify nothing, and not one is too few to be asked', (t) => {
  for (const images of [1, 2, 3, 30]) {
    const few = outputRows(
      OUTPUTS,
      Uint32Array.from({ length: images }, (_, row) => row),
    );
    for (const method of ['shared', 'paper-path', 'joint'] as const)
      t.is(chooseCertified(few, { ...SEARCH, method }, DROP, 0.95, 0).point, undefined);
  }
});

test('the same seed makes the same path, another seed another', (t) => {
  t.deepEqual(makeCertifiedPath(OUTPUTS, SEARCH, DROP, 4), makeCertifiedPath(OUTPUTS, SEARCH, DROP, 4));
  t.notDeepEqual(makeCertifiedPath(OUTPUTS, SEARCH, DROP, 4), makeCertifiedPath(OUTPUTS, SEARCH, DROP, 6));
});

test('by patience exits ask for one number of agreeing exits or, the later ones, for one less, and MACs are saved', (t) => {
  const search: Search = { ...SEARCH, scoring: { ...DEFAULT_SCORING, criterion: 'patience' } };
  const many = syntheticPopulation(3000, 8, 1);
  const { thresholds, outcome } = chooseEmpirically(many, search, DROP).point;
  const wanted = thresholds.filter((threshold) => threshold !== null);
  t.true(wanted.every((patience, index) => index === 0 || patience <= wanted[index - 1]!));
  t.true(wanted[0]! - wanted.at(-1)! <= 1);
  t.true(outcome.cost < 0.9 * 3000 * 10_000);
  t.true(outcome.breaks - outcome.repairs <= 0.03 * 3000);
  const certified = chooseCertified(many, search, DROP, 0.95, 0).point;
  t.true(certified !== undefined && certified.cost < 0.9 * 2100 * 10_000);
});

test('exits that never are right leave the full network to be chosen, and nothing to be certified', (t) => {
  const hopeless: RecordedOutputs = {
    ...OUTPUTS,
    exitLogits: OUTPUTS.exitLogits.map(() =>
      Float32Array.from({ length: 8000 }, (_, index) =>
        Number(index % 4 === (OUTPUTS.labels[Math.floor(index / 4)]! + 1) % 4),
      ),
    ),
  };
  t.deepEqual(chooseEmpirically(hopeless, SEARCH, DROP).point.thresholds, [null, null, null]);
  t.is(chooseCertified(hopeless, SEARCH, DROP, 0.95, 0).point, undefined);
});
