import test from 'ava';
import { makeCertifiedPath, type Search } from '../../../lib/calibrate/calibrate.js';
import { certifiedUnderDrop } from '../../../lib/calibrate/certified-path.js';
import { sharedPath } from '../../../lib/calibrate/paths/shared-path.js';
import { perExitCandidates } from '../../../lib/calibrate/promises/per-exit-candidates.js';
import type { ExitTable } from '../../../lib/exits/exit-table.js';
import { fixedTables } from '../../../lib/exits/exit-tables.js';
import { replay } from '../../../lib/exits/replay.js';
import { DEFAULT_SCORING } from '../../../lib/exits/scoring.js';
import { createRandom } from '../../../lib/stats/random.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

const SEARCH: Search = { method: 'shared', scoring: DEFAULT_SCORING, labelFree: false, promise: 'per-exit' };

/** An exit that is right about whom it is sure of, behind one that is sure of a few and wrong about every tenth of them. */
function withRottenExit(images: number): ExitTable {
  const random = createRandom(3);
  const draws = Array.from({ length: images }, () => ({
    rare: random() < 0.1,
    wrong: random() < 0.1,
    sure: random(),
  }));
  return {
    images,
    exits: [
      {
        confidence: Float64Array.from(draws, ({ rare, sure }) => (rare ? 0.9 + 0.1 * sure : 0.1 * sure)),
        correct: Uint8Array.from(draws, ({ rare, wrong }) => Number(rare && !wrong)),
      },
      {
        confidence: Float64Array.from(draws, ({ sure }) => sure),
        correct: Uint8Array.from(draws, ({ sure }) => Number(sure > 0.3)),
      },
    ],
    fullCorrect: new Uint8Array(images).fill(1),
    costs: { backbone: [200, 500], heads: [1, 1], full: 1000 },
  };
}

test('an exit that only a few leave at, and badly, blocks nobody', (t) => {
  const table = withRottenExit(1000);
  const candidates = perExitCandidates(fixedTables(table), (_, exits) => sharedPath(exits), 0.02, 4000);
  t.true(candidates.length > 0);
  t.is(candidates[0]!.thresholds[0], null);
});

test('candidates get cheaper from one to the next, on the images that made them', (t) => {
  const table = withRottenExit(1000);
  const costs = perExitCandidates(fixedTables(table), (_, exits) => sharedPath(exits), 0.02, 4000).map(
    ({ thresholds }) => replay(table, thresholds).cost,
  );
  t.true(costs.length > 5);
  t.true(costs.every((cost, index) => index === 0 || cost < costs[index - 1]!));
});

test('where no image is sure of anything there are no candidates', (t) => {
  const table = { ...withRottenExit(100), exits: [], costs: { backbone: [], heads: [], full: 1000 } };
  t.deepEqual(
    perExitCandidates(fixedTables(table), (_, exits) => sharedPath(exits), 0.02, 400),
    [],
  );
});

test('what is certified holds at every exit, and a fifth of the images makes the candidates', (t) => {
  const outputs = syntheticPopulation(4000, 4, 5);
  const target = { kind: 'max-drop', drop: 0.03 } as const;
  const { path, pathImages, testRows } = makeCertifiedPath(outputs, SEARCH, target, 1);
  t.is(pathImages, 800);
  t.is(testRows.length, 3200);
  const point = certifiedUnderDrop(path, 0.03, 0.95, outputs.costs)!;
  const drops = point.groups!.map(({ images, breaks, repairs }) => (breaks - repairs) / images);
  t.true(
    drops.every((drop) => drop < 0.03),
    `${drops}`,
  );
  t.is(point.groups!.at(-1)!.images, 3200);
});
