import test from 'ava';
import { type ComparedMethod, judge, makePoints } from '../../lib/calibrate/compare.js';
import { operatingFront } from '../../lib/calibrate/front.js';
import {
  outputExits,
  outputRows,
  type RecordedOutputs,
  scoredTables,
} from '../../lib/exits/recorded-outputs.js';
import { replay } from '../../lib/exits/replay.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { syntheticPopulation } from '../support/synthetic-population.js';

const POPULATION = syntheticPopulation(800, 3, 2);
const half = (first: number): RecordedOutputs =>
  outputRows(
    POPULATION,
    Uint32Array.from({ length: 400 }, (_, row) => first + row),
  );
const MAKING = half(0);
const JUDGING = half(400);
const DROPS = [0, 0.01, 0.05, 0.2];
const BUDGETS = [0.2, 0.5, 0.8, 1];

/** Ten images of two classes: the full network is right on all, the exits after a quarter and a half of the MACs on 8 and 9. */
function tenImages(): RecordedOutputs {
  const rightOn = (right: number): Float32Array =>
    Float32Array.from({ length: 20 }, (_, index) =>
      Number(index % 2 === 0) === Number(index < 2 * right) ? 1 : 0,
    );
  return {
    classes: 2,
    labels: new Uint16Array(10),
    exitLogits: [rightOn(8), rightOn(9)],
    fullLogits: rightOn(10),
    costs: { backbone: [25, 50], heads: [0, 0], full: 100 },
  };
}

function isClose(actual: readonly (number | null)[], expected: readonly (number | null)[]): boolean {
  return expected.every((value, index) => {
    const other = actual[index] ?? null;
    return value === null || other === null ? value === other : Math.abs(value - other) < 1e-12;
  });
}

test('one exit for all saves what it saves where its drop is allowed, the full network nothing', (t) => {
  const method: ComparedMethod = { kind: 'one-exit', exits: [0, 1], scoring: DEFAULT_SCORING };
  const { savedAtDrop, dropAtBudget } = judge(
    makePoints(method, tenImages()),
    tenImages(),
    [0, 0.1, 0.15, 0.2],
    [0.2, 0.25, 0.5, 1],
  );
  t.true(isClose(savedAtDrop, [0, 0.5, 0.5, 0.75]));
  t.true(isClose(dropAtBudget, [null, 0.2, 0.1, 0]));
});

test('a random exit mixes two exits at the odds that just keep the drop or the budget', (t) => {
  const method: ComparedMethod = { kind: 'random-exit', exits: [0, 1], scoring: DEFAULT_SCORING };
  const { savedAtDrop, dropAtBudget } = judge(
    makePoints(method, tenImages()),
    tenImages(),
    [0, 0.05, 0.15, 0.5],
    [0.2, 0.375, 0.75, 1],
  );
  // Half of the images at one point, half at its neighbour.
  t.true(isClose(savedAtDrop, [0, 0.25, 0.625, 0.75]));
  t.true(isClose(dropAtBudget, [null, 0.15, 0.05, 0]));
});

test('exits that a method does not have play no part', (t) => {
  const method: ComparedMethod = { kind: 'one-exit', exits: [1], scoring: DEFAULT_SCORING };
  t.true(isClose(judge(makePoints(method, tenImages()), tenImages(), [1], []).savedAtDrop, [0.5]));
});

test('thresholds are judged by the best of the points, made on one half, on the other half', (t) => {
  const scoring = DEFAULT_SCORING;
  for (const method of ['paper-path', 'joint'] as const) {
    const exits = [0, 2];
    const { savedAtDrop, dropAtBudget } = judge(
      makePoints({ kind: 'thresholds', method, scoring, exits }, MAKING),
      JUDGING,
      DROPS,
      BUDGETS,
    );
    const table = scoredTables(outputExits(JUDGING, exits), scoring).table([true, true]);
    const points = operatingFront(
      scoredTables(outputExits(MAKING, exits), scoring),
      method,
      scoring.criterion,
    ).map(({ thresholds }) => {
      const { breaks, repairs, cost } = replay(table, thresholds);
      return { lost: breaks - repairs, cost };
    });
    DROPS.forEach((drop, index) => {
      const allowed = points.filter(({ lost }) => lost <= Math.round(drop * 400));
      const least = Math.min(...allowed.map(({ cost }) => cost));
      t.true(Math.abs(savedAtDrop[index]! - (1 - least / 400 / 10_000)) < 1e-12);
    });
    BUDGETS.forEach((budget, index) => {
      const within = points.filter(({ cost }) => cost <= budget * 400 * 10_000 + 1e-6);
      const least = within.length === 0 ? null : Math.min(...within.map(({ lost }) => lost)) / 400;
      t.is(dropAtBudget[index], least);
    });
  }
});

test('a cascade by thresholds saves more than a random exit, which saves at least as much as one exit for all', (t) => {
  const exits = [0, 1, 2];
  const methods: ComparedMethod[] = [
    { kind: 'thresholds', method: 'paper-path', exits, scoring: DEFAULT_SCORING },
    { kind: 'random-exit', exits, scoring: DEFAULT_SCORING },
    { kind: 'one-exit', exits, scoring: DEFAULT_SCORING },
  ];
  const [cascade, random, single] = methods.map((method) =>
    judge(makePoints(method, MAKING), JUDGING, DROPS, BUDGETS),
  );
  DROPS.forEach((_, index) => {
    t.true(random!.savedAtDrop[index]! >= single!.savedAtDrop[index]! - 1e-12);
  });
  t.true(cascade!.savedAtDrop[2]! > random!.savedAtDrop[2]!);
  t.true(cascade!.dropAtBudget[1]! < random!.dropAtBudget[1]!);
});

test('points that are made cheap in one currency are judged in another, and save most in their own', (t) => {
  const exits = [0, 1, 2];
  const method: ComparedMethod = {
    kind: 'thresholds',
    method: 'paper-path',
    exits,
    scoring: DEFAULT_SCORING,
  };
  // As at one image at a time: heads are dear, and so are the early blocks.
  const costs = { backbone: [4000, 6000, 8000], heads: [900, 900, 900], full: 10_000 };
  const own = makePoints(method, { ...MAKING, costs });
  const other = makePoints(method, MAKING);
  const inTime = { ...JUDGING, costs };
  const saved = (points: typeof own, judging: RecordedOutputs) =>
    judge(points, judging, DROPS, []).savedAtDrop[2]!;
  t.true(saved(own, inTime) >= saved(other, inTime));
  t.not(saved(own, inTime), saved(own, JUDGING));
});
