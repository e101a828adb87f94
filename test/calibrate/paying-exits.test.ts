import test from 'ava';
import { makeCertifiedPath } from '../../lib/calibrate/calibrate.js';
import { hasInnerExits, payingExits } from '../../lib/calibrate/paying-exits.js';
import type { ExitCosts } from '../../lib/exits/exit-table.js';
import type { RecordedOutputs } from '../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { createRandom } from '../../lib/stats/random.js';

const IMAGES = 400;

/** Logits of two classes that are right where an image is no harder than the exit is skilled, and the surer the easier it is. */
function logitsOf(skill: number, labels: Uint16Array, hardness: readonly number[]): Float32Array {
  return Float32Array.from({ length: 2 * IMAGES }, (_, index) => {
    const image = index >> 1;
    return (index & 1) === labels[image] ? 8 * (skill - hardness[image]!) : 0;
  });
}

/** An exit inside the first network that knows nothing, one at its end that knows most, and the full network that knows all. */
function chainOutputs(): RecordedOutputs {
  const random = createRandom(3);
  const labels = Uint16Array.from({ length: IMAGES }, () => Math.round(random()));
  const hardness = Array.from({ length: IMAGES }, random);
  return {
    classes: 2,
    labels,
    exitLogits: [0.05, 0.8].map((skill) => logitsOf(skill, labels, hardness)),
    fullLogits: logitsOf(1.1, labels, hardness),
    costs: { backbone: [10, 20], heads: [5, 0], full: 100, members: [0, 0, 1] },
  };
}

test('exits stand inside a chain where a network has more than the one at its end', (t) => {
  const costs = (members?: number[]): ExitCosts => ({
    ...{ backbone: [1, 2], heads: [0, 0], full: 9 },
    ...(members && { members }),
  });
  t.false(hasInnerExits(costs()));
  t.false(hasInnerExits(costs([0, 1, 2])));
  t.true(hasInnerExits(costs([0, 0, 1])));
  t.true(hasInnerExits(costs([0, 1, 1])));
});

test('an exit that knows nothing is left out, the one that saves is taken', (t) => {
  const drop = { kind: 'max-drop', drop: 0.01 } as const;
  t.deepEqual(payingExits(chainOutputs(), DEFAULT_SCORING, drop), [false, true]);
  const budget = { kind: 'max-cost', share: 0.6 } as const;
  t.deepEqual(payingExits(chainOutputs(), DEFAULT_SCORING, budget), [false, true]);
});

test('each exit keeps its own temperature, whichever others are in the set', (t) => {
  // The first of three knows nothing; its temperature is another one's nightmare.
  const outputs = chainOutputs();
  const [none, most] = outputs.exitLogits as [Float32Array, Float32Array];
  const three = {
    ...outputs,
    exitLogits: [none, most, most.map((logit) => 3 * logit)],
    costs: { backbone: [10, 20, 30], heads: [5, 0, 0], full: 100, members: [0, 0, 1, 2] },
  };
  const scoring = { ...DEFAULT_SCORING, criterion: 'temperature', temperatures: [500, 1, 3] } as const;
  const drop = { kind: 'max-drop', drop: 0.01 } as const;
  const two = {
    ...three,
    exitLogits: three.exitLogits.slice(1),
    costs: { backbone: [20, 30], heads: [0, 0], full: 100, members: [0, 1, 2] },
  };
  const ofTwo = payingExits(two, { ...scoring, temperatures: [1, 3] }, drop);
  t.deepEqual(payingExits(three, scoring, drop), [false, ...ofTwo]);
});

test('where no exit pays all stay, since other images may show that one does', (t) => {
  const outputs = chainOutputs();
  const costs = { ...outputs.costs, backbone: [100, 100], heads: [100, 100] };
  const drop = { kind: 'max-drop', drop: 0.01 } as const;
  t.deepEqual(payingExits({ ...outputs, costs }, DEFAULT_SCORING, drop), [true, true]);
});

test('exits of a chain are chosen on a fifth of the images, which test nothing', (t) => {
  const outputs = chainOutputs();
  const search = { method: 'shared', scoring: DEFAULT_SCORING, labelFree: false } as const;
  const made = makeCertifiedPath(outputs, search, { kind: 'max-drop', drop: 0.01 }, 0);
  t.is(made.pathImages, IMAGES / 5);
  t.is(made.path.images, IMAGES - IMAGES / 5);
  t.true(made.path.points.every(({ thresholds }) => thresholds[0] === null));
  // Each network with the one exit at its end: all test.
  const ends = { ...outputs, costs: { ...outputs.costs, members: [0, 1, 2] } };
  t.is(makeCertifiedPath(ends, search, { kind: 'max-drop', drop: 0.01 }, 0).pathImages, 0);
});
