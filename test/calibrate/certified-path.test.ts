import test from 'ava';
import {
  type CertifiedPath,
  certifiedUnderBudget,
  certifiedUnderDrop,
  type DropTest,
  exactDropTest,
  type PathPoint,
  type TestedPoint,
  testedPath,
} from '../../lib/calibrate/certified-path.js';
import { byBetting, byValues } from '../../lib/calibrate/cost-test.js';
import { pointOf } from '../../lib/calibrate/operating-point.js';
import type { ExitTable } from '../../lib/exits/exit-table.js';
import { fixedTables } from '../../lib/exits/exit-tables.js';
import { createRandom } from '../../lib/stats/random.js';

const COSTS = { backbone: [20, 60], heads: [1, 1], full: 100 };

function point(breaks: number, repairs: number, cost = 0): PathPoint {
  return { thresholds: [0.5, 0.5], parameter: null, breaks, repairs, cost };
}

function pathOf(points: readonly PathPoint[], images = 5000, labelFree = false): CertifiedPath {
  return { images, labelFree, points };
}

/** A test whose p-values are written into the breaks, in percent. */
const written: DropTest = ({ breaks }) => breaks / 100;

test('the last point before the first that fails is certified, whatever comes after', (t) => {
  const path = pathOf([point(0, 0), point(3, 0), point(6, 0), point(1, 0)]);
  t.is(certifiedUnderDrop(path, 0.01, 0.95, COSTS, written), path.points[1]);
});

test('where every point passes the last is certified, where the first fails none', (t) => {
  const path = pathOf([point(2, 0), point(5, 0)]);
  t.is(certifiedUnderDrop(path, 0.01, 0.95, COSTS, written), path.points[1]);
  t.is(certifiedUnderDrop(path, 0.01, 0.99, COSTS, written), undefined);
  t.is(certifiedUnderDrop(pathOf([]), 0.01, 0.95, COSTS, written), undefined);
});

test('a p-value that is not a number certifies nothing', (t) => {
  t.is(certifiedUnderDrop(pathOf([point(Number.NaN, 0)]), 0.01, 0.95, COSTS, written), undefined);
});

test('drops of 0.52 % (n = 2500), 0.66 % (5000) and 0.74 % (10,000) with half as many repairs certify 1 %, the next do not', (t) => {
  for (const [breaks, images, next] of [
    [26, 2500, 28],
    [66, 5000, 68],
    [148, 10_000, 150],
  ] as const) {
    const path = pathOf([point(breaks, breaks / 2), point(next, next / 2)], images);
    t.is(certifiedUnderDrop(path, 0.01, 0.95, COSTS), path.points[0]);
  }
});

test('without labels the test is the exact binomial one of the disagreement', (t) => {
  // scipy.stats.binom.cdf(3, 900, 0.01) and (4, 900, 0.01).
  const pValue = (breaks: number): number => exactDropTest(point(breaks, 0), 900, 0.01, true);
  t.true(Math.abs(pValue(3) / 0.020778084212443385 - 1) < 1e-10);
  t.true(Math.abs(pValue(4) / 0.05412027241441468 - 1) < 1e-10);
});

test('without labels no number of agreements promises that there is no disagreement at all', (t) => {
  t.is(exactDropTest(point(0, 0), 900, 0, true), 1);
  t.is(certifiedUnderDrop(pathOf([point(0, 0)], 900, true), 0, 0.95, COSTS), undefined);
});

test('no drop and a gain are certified by the same exact test', (t) => {
  // scipy.stats.binom.cdf(2, 14, 0.5) = 0.0065 is what the sign test says of 2 breaks and 12 repairs, 0.09 of 4 and 10.
  const path = pathOf([point(2, 12), point(4, 10)], 1000);
  t.is(certifiedUnderDrop(path, 0, 0.95, COSTS), path.points[0]);
  t.is(certifiedUnderDrop(path, -0.02, 0.95, COSTS), undefined);
  const gaining = pathOf([point(2, 60), point(2, 12)], 1000);
  t.is(certifiedUnderDrop(gaining, -0.02, 0.95, COSTS), gaining.points[0]);
});

test('what costs no less than the full network is certified only for a gain, which the full network does not have', (t) => {
  const dear = pathOf([point(2, 60, 1000 * COSTS.full)], 1000);
  t.is(certifiedUnderDrop(dear, 0.01, 0.95, COSTS), undefined);
  t.is(certifiedUnderDrop(dear, 0, 0.95, COSTS), undefined);
  t.is(certifiedUnderDrop(dear, -0.02, 0.95, COSTS), dear.points[0]);
  const cheaper = pathOf([point(2, 60, 1000 * COSTS.full - 1)], 1000);
  t.is(certifiedUnderDrop(cheaper, 0, 0.95, COSTS), cheaper.points[0]);
});

test('without labels no gain is certified', (t) => {
  t.is(exactDropTest(point(0, 0), 1_000_000, -0.001, true), 1);
});

test('a drop of at most 100 points is certain, whatever was seen', (t) => {
  for (const labelFree of [false, true]) {
    const path = pathOf([point(3, 0)], 3, labelFree);
    t.is(certifiedUnderDrop(path, 1, 0.9999, COSTS), path.points[0]);
  }
});

test('candidates are replayed in their order on the images that test them, exits disabled where they are', (t) => {
  const table: ExitTable = {
    images: 3,
    exits: [
      { confidence: Float64Array.of(0.9, 0.5, 0.2), correct: Uint8Array.of(0, 1, 0) },
      { confidence: Float64Array.of(0.1, 0.1, 0.8), correct: Uint8Array.of(0, 0, 1) },
    ],
    fullCorrect: Uint8Array.of(1, 0, 1),
    costs: COSTS,
  };
  const tables = fixedTables(table);
  const candidates = [pointOf(tables, [null, 0.8]), pointOf(tables, [0.5, 0.8], 0.03)];
  t.deepEqual(testedPath(candidates, tables, false), {
    images: 3,
    labelFree: false,
    points: [
      { thresholds: [null, 0.8], parameter: null, breaks: 0, repairs: 0, cost: 263, counts: [0, 1, 2] },
      { thresholds: [0.5, 0.8], parameter: 0.03, breaks: 1, repairs: 1, cost: 104, counts: [2, 1, 0] },
    ],
  });
});

/** All ways to draw `n` images of some kinds, with their probabilities. */
function* draws(
  n: number,
  probabilities: readonly number[],
): Generator<{ counts: number[]; chance: number }> {
  const [first, ...others] = probabilities;
  if (others.length === 0) {
    yield { counts: [n], chance: first! ** n };
    return;
  }
  let ways = 1;
  for (let count = 0; count <= n; count++) {
    for (const { counts, chance } of draws(n - count, others))
      yield { counts: [count, ...counts], chance: ways * first! ** count * chance };
    ways *= (n - count) / (count + 1);
  }
}

/** Kinds of images with their probabilities, and what each candidate does to a kind: 1 breaks it, −1 repairs it. */
interface Population {
  readonly probabilities: readonly number[];
  readonly losses: readonly (readonly number[])[];
}

function trueDrop({ probabilities, losses }: Population, candidate: number): number {
  return probabilities.reduce((sum, chance, kind) => sum + chance * losses[candidate]![kind]!, 0);
}

/** What the choice promises falsely, exactly: the probability that the chosen candidate's true drop is beyond what was asked. */
function brokenChance(
  population: Population,
  n: number,
  maxDrop: number,
  choose: (path: CertifiedPath) => PathPoint | undefined,
): number {
  let broken = 0;
  for (const { counts, chance } of draws(n, population.probabilities)) {
    const points = population.losses.map((losses) => {
      const sum = (loss: number): number =>
        counts.reduce((total, count, kind) => total + (losses[kind] === loss ? count : 0), 0);
      return point(sum(1), sum(-1));
    });
    const chosen = choose(pathOf(points, n));
    if (chosen !== undefined && trueDrop(population, points.indexOf(chosen)) > maxDrop + 1e-12)
      broken += chance;
  }
  return broken;
}

function remembering(): DropTest {
  const known = new Map<string, number>();
  return (tested, images, maxDrop, labelFree) => {
    const key = `${tested.breaks} ${tested.repairs} ${images} ${maxDrop}`;
    const value = known.get(key) ?? exactDropTest(tested, images, maxDrop, labelFree);
    known.set(key, value);
    return value;
  };
}

/** Random kinds of images and candidates in any order, safe ones and unsafe ones mixed. */
function randomPopulation(random: () => number, kinds: number, candidates: number): Population {
  const weights = Array.from({ length: kinds }, () => random() ** 2 + 0.01);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return {
    probabilities: weights.map((weight) => weight / sum),
    losses: Array.from({ length: candidates }, () => weights.map(() => Math.floor(3 * random()) - 1)),
  };
}

test('over all draws the promise of a path is broken no more often than its level, for every drop that is asked of it afterwards', (t) => {
  const n = 16;
  const random = createRandom(11);
  const drops = [0, 0.05, 0.2, 0.4];
  const dropTest = remembering();
  const largest = drops.map(() => 0);
  for (let population = 0; population < 40; population++) {
    const drawn = randomPopulation(random, 4, 4);
    drops.forEach((drop, index) => {
      const broken = brokenChance(drawn, n, drop, (path) =>
        certifiedUnderDrop(path, drop, 0.8, COSTS, dropTest),
      );
      t.true(broken <= 0.2 + 1e-9, `${broken} at ${drop}`);
      largest[index] = Math.max(largest[index]!, broken);
    });
  }
  // The level is come near to, so that the bound is a real one.
  t.true(largest.every((broken) => broken > 0.05));
});

test('taking the cheapest candidate that passes by itself would break the promise: the order is what holds it', (t) => {
  // Four candidates that break other images each, all a little beyond what is asked for.
  const population: Population = {
    probabilities: [0.205, 0.205, 0.205, 0.205, 0.18],
    losses: [0, 1, 2, 3].map((own) => [0, 1, 2, 3, 4].map((kind) => Number(kind === own))),
  };
  const dropTest = remembering();
  const brokenBy = (choose: (path: CertifiedPath) => PathPoint | undefined): number =>
    brokenChance(population, 21, 0.2, choose);
  const unordered = brokenBy(({ points, images }) =>
    points.findLast((candidate) => dropTest(candidate, images, 0.2, false) <= 0.2),
  );
  const ordered = brokenBy((path) => certifiedUnderDrop(path, 0.2, 0.8, COSTS, dropTest));
  t.true(unordered > 0.2);
  t.true(ordered <= 0.2 && ordered > 0.02);
});

const GROUPS = [
  { images: 900, breaks: 3, repairs: 0 },
  { images: 4000, breaks: 3, repairs: 0 },
];

test('a point with groups passes where each of them does, among its own images', (t) => {
  const seen: number[] = [];
  const noting: DropTest = ({ breaks }, images) => {
    seen.push(images);
    return breaks / 100;
  };
  const bad = [GROUPS[0]!, { images: 4000, breaks: 6, repairs: 0 }];
  const path = pathOf([
    { ...point(99, 0), groups: GROUPS },
    { ...point(0, 0), groups: bad },
  ]);
  t.is(certifiedUnderDrop(path, 0.01, 0.95, COSTS, noting), path.points[0]);
  t.deepEqual(seen, [900, 4000, 900, 4000]);
});

test('nothing is certified of a group without images', (t) => {
  const path = pathOf([{ ...point(0, 0), groups: [{ images: 0, breaks: 0, repairs: 0 }] }]);
  t.is(certifiedUnderDrop(path, 0.01, 0.95, COSTS, written), undefined);
});

/** Two groups of images, of each the probability of a break, among draws of both. */
function brokenInGroups(
  probabilities: readonly [number, number],
  n: number,
  maxDrop: number,
  level: number,
): number {
  const dropTest = remembering();
  const [first, second] = probabilities;
  const kinds = [first / 2, (1 - first) / 2, second / 2, (1 - second) / 2];
  let broken = 0;
  for (const { counts, chance } of draws(n, kinds)) {
    const groups = [0, 2].map((kind) => ({
      images: counts[kind]! + counts[kind + 1]!,
      breaks: counts[kind]!,
      repairs: 0,
    }));
    const path = pathOf([{ ...point(counts[0]! + counts[2]!, 0), groups }], n);
    if (certifiedUnderDrop(path, maxDrop, 1 - level, COSTS, dropTest) !== undefined) broken += chance;
  }
  return broken;
}

test('over all draws a drop of every group is promised falsely no more often than the level, without a correction for their number', (t) => {
  const level = 0.2;
  // One group alone drops too much, however little; then both do.
  const one = brokenInGroups([0.2001, 0], 30, 0.2, level);
  const both = brokenInGroups([0.2001, 0.2001], 30, 0.2, level);
  t.true(one <= level && one > 0.08, `${one}`);
  t.true(both < one, `${both}`);
  // Nor would half the level for each of two groups be needed: it would be far too strict.
  t.true(brokenInGroups([0.2001, 0], 30, 0.2, level / 2) < 0.6 * one);
});

/** A candidate by how many images leave at each exit and at the end. */
function leaving(...counts: readonly number[]): TestedPoint {
  const cost = 21 * counts[0]! + 62 * counts[1]! + 102 * counts[2]!;
  return { ...point(0, 0, cost), counts };
}

function costPath(points: readonly TestedPoint[]): CertifiedPath<TestedPoint> {
  const images = points[0]!.counts.reduce((sum, count) => sum + count, 0);
  return { images, labelFree: false, points };
}

test('under a budget the dearest point is taken down to which all cheaper ones are certified', (t) => {
  // 90, 50 and 40 an image.
  const path = costPath([leaving(100, 100, 800), leaving(500, 200, 300), leaving(700, 150, 150)]);
  t.is(certifiedUnderBudget(path, 0.6, 0.95, COSTS), path.points[1]);
  t.is(certifiedUnderBudget(path, 0.35, 0.95, COSTS), undefined);
  t.is(certifiedUnderBudget(path, 0.95, 0.95, COSTS), path.points[0]);
});

test('a point that fails under a budget hides all dearer ones, even those that would pass', (t) => {
  const path = costPath([leaving(900, 50, 50), leaving(100, 100, 800), leaving(900, 50, 50)]);
  t.is(certifiedUnderBudget(path, 0.6, 0.95, COSTS), path.points[2]);
});

test('a budget that no image can exceed holds with certainty, one below the cheapest exit never', (t) => {
  const dear = costPath([leaving(0, 0, 3)]);
  t.is(certifiedUnderBudget(dear, 1.02, 0.9999, COSTS), dear.points[0]);
  const cheap = costPath([leaving(1e6, 0, 0)]);
  t.is(certifiedUnderBudget(cheap, 0.21, 0.5, COSTS), undefined);
  t.is(certifiedUnderBudget(cheap, 0.22, 0.95, COSTS), cheap.points[0]);
});

test('without any exit the cost is that of the full network, known beforehand', (t) => {
  const path = costPath([{ ...leaving(0, 0, 3), thresholds: [null, null] }]);
  t.is(certifiedUnderBudget(path, 1, 0.95, COSTS), path.points[0]);
  t.is(certifiedUnderBudget(path, 0.99, 0.95, COSTS), undefined);
});

test('where only the sum of the costs is known a budget is certified by it, more cautiously', (t) => {
  const { counts: _, ...summed } = leaving(700, 150, 150);
  const path = { ...costPath([leaving(700, 150, 150)]), points: [summed] };
  t.is(certifiedUnderBudget(path, 0.46, 0.95, COSTS), summed);
  t.is(certifiedUnderBudget(path, 0.41, 0.95, COSTS), undefined);
});

for (const [name, costTest] of Object.entries({ byValues, byBetting })) {
  test(`over all draws the promise of a cost is broken no more often than its level, tested ${name}`, (t) => {
    const n = 24;
    const random = createRandom(5);
    // Leaving at the first exit, at the second, at the end.
    const costs = [21, 62, 102];
    let most = 0;
    for (let population = 0; population < 30; population++) {
      const { probabilities, losses } = randomPopulation(random, 3, 3);
      // What a candidate does with a kind of images, −1, 0 or 1, is where it leaves.
      const places = losses.map((row) => row.map((loss) => loss + 1));
      const meanCosts = places.map((row) =>
        row.reduce((sum, place, kind) => sum + costs[place]! * probabilities[kind]!, 0),
      );
      const share = (Math.min(...meanCosts) - 0.5) / 100;
      let broken = 0;
      for (const { counts, chance } of draws(n, probabilities)) {
        const points = places.map((row) =>
          leaving(
            ...[0, 1, 2].map((place) =>
              row.reduce((sum, each, kind) => sum + (each === place ? counts[kind]! : 0), 0),
            ),
          ),
        );
        // Every candidate is beyond the budget, so that anything certified breaks the promise.
        if (certifiedUnderBudget(costPath(points), share, 0.8, COSTS, costTest) !== undefined)
          broken += chance;
      }
      t.true(broken <= 0.2 + 1e-9, `${broken}`);
      most = Math.max(most, broken);
    }
    // The level is come near to, so that the bound is a real one.
    t.true(most > 0.03, `${most}`);
  });
}
