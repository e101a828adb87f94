import test from 'ava';
import { makeCertifiedPath, type Search } from '../../lib/calibrate/calibrate.js';
import { certifiedUnderDrop } from '../../lib/calibrate/certified-path.js';
import type { RecordedOutputs } from '../../lib/exits/recorded-outputs.js';
import { averagedBy, DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { syntheticPopulation } from '../support/synthetic-population.js';

const IMAGES = 4000;
const DRAWS = [1, 2, 3];
const TARGET = { kind: 'max-drop', drop: 0.02 } as const;

const search = (over: Partial<Search> = {}): Search => ({
  method: 'shared',
  scoring: DEFAULT_SCORING,
  labelFree: false,
  ...over,
});
const averaged = { ...DEFAULT_SCORING, ...averagedBy(0.4) };
/** The exits as those of two networks in a row, which come before a third. */
function inARow(outputs: RecordedOutputs): RecordedOutputs {
  const costs = { backbone: [300, 1000, 1500, 4000], heads: [50, 0, 50, 0], full: 10_000 };
  return { ...outputs, costs: { ...costs, members: [0, 0, 1, 1, 2] } };
}

const KINDS: Readonly<Record<string, Search>> = {
  "the paper's rule": search({ method: 'paper-path' }),
  "the paper's rule with averaged outputs": search({ method: 'paper-path', scoring: averaged }),
  'the joint search': search({ method: 'joint' }),
  'a shared threshold': search(),
  'a shared threshold with averaged outputs': search({ scoring: averaged }),
  'a shared threshold without labels': search({ labelFree: true }),
  'a shared threshold with temperatures': search({
    scoring: { ...DEFAULT_SCORING, criterion: 'temperature' },
  }),
  'every class': search({ promise: 'per-class' }),
};

for (const [row, arranged] of [
  ['heads on one network', (outputs: RecordedOutputs) => outputs],
  ['networks in a row', inARow],
] as const) {
  for (const [name, kind] of Object.entries(KINDS)) {
    test(`${name}, ${row}: no draw leaves a path without its safe end, or nothing to promise`, (t) => {
      for (const draw of DRAWS) {
        const outputs = arranged(syntheticPopulation(IMAGES, 4, draw));
        const { path } = makeCertifiedPath(outputs, kind, TARGET, draw);
        const savings = path.points.map(({ cost }) => 1 - cost / path.images / outputs.costs.full);
        const begin = savings.findIndex((saved) => saved > 0);
        t.true(savings[begin]! < 0.04, `draw ${draw} begins at ${savings[begin]}`);
        // Made on some images and tested on others, a path may go back by a few images.
        for (let point = begin + 1; point < savings.length; point++)
          t.true(savings[point]! > savings[point - 1]! - 0.01, `draw ${draw}, point ${point}`);
        const drop = kind.promise === undefined ? 0.02 : 0.05;
        t.true(certifiedUnderDrop(path, drop, 0.95, outputs.costs) !== undefined, `draw ${draw}`);
      }
    });
  }
}

/** Four exits each inside two networks, of which the first costs two thirds of the second, as ResNet-20 of ResNet-32. */
const DEAR_NETWORKS = {
  backbone: [3000, 4000, 5000, 6500, 3000, 5000, 7000, 9500],
  heads: [20, 20, 20, 0, 20, 20, 20, 20],
  full: 10_000,
  members: [0, 0, 0, 0, 1, 1, 1, 1, 1],
};

const BY_ENERGY = search({ method: 'paper-path', scoring: { ...DEFAULT_SCORING, criterion: 'energy' } });

for (const [name, kind, least] of [
  ["the paper's rule", KINDS["the paper's rule"]!, 0.5],
  ["the paper's rule with averaged outputs", KINDS["the paper's rule with averaged outputs"]!, 0.5],
  ["the paper's rule by energy", BY_ENERGY, 0.35],
] as const) {
  test(`${name}: of many exits inside networks in a row only those that pay are run`, (t) => {
    for (const draw of DRAWS) {
      const outputs = { ...syntheticPopulation(IMAGES, 8, draw), costs: DEAR_NETWORKS };
      const { path } = makeCertifiedPath(outputs, kind, TARGET, draw);
      const point = certifiedUnderDrop(path, 0.02, 0.95, DEAR_NETWORKS);
      const saved = point === undefined ? 0 : 1 - point.cost / path.images / DEAR_NETWORKS.full;
      // With all of them, half of the images must leave before any MAC is saved.
      t.true(saved > least, `draw ${draw}: ${saved}`);
    }
  });
}

test('every exit: a candidate that only by chance looks surest does not leave nothing to promise', (t) => {
  const kind = search({ promise: 'per-exit' });
  for (const [draw, drop] of [
    [8, 0.02],
    [11, 0.015],
  ] as const) {
    const outputs = syntheticPopulation(3000, 4, 100 + draw);
    const { path } = makeCertifiedPath(outputs, kind, { kind: 'max-drop', drop }, draw);
    t.true(certifiedUnderDrop(path, drop, 0.95, outputs.costs) !== undefined, `draw ${draw}`);
  }
});
