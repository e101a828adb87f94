import test from 'ava';
import { DEFAULT_SCORING } from '../../../lib/exits/scoring.js';
import { binomialCdf } from '../../../lib/stats/binomial-cdf.js';
import { kindOverHalvings } from '../../../scripts/promise-kinds/kind-over-halvings.js';
import { simulateKind } from '../../../scripts/promise-kinds/simulate.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

const DRAWS = 200;

/** Most broken promises of 200 that a true rate of 5 % leaves room for: more come in fewer than one of 1000 such simulations. */
const MOST_BROKEN = Array.from({ length: DRAWS }, (_, broken) => broken).find(
  (broken) => binomialCdf(broken, DRAWS, 0.05) > 0.999,
)!;

const SHARED = { method: 'shared', scoring: DEFAULT_SCORING, labelFree: false } as const;

for (const [promise, labelFree] of [
  ['per-exit', false],
  ['per-exit', true],
  ['per-class', false],
] as const) {
  const title = `${promise}${labelFree ? ' without labels' : ''}`;
  test(`${title} some group drops more than promised no more often than 5 % of draws explain, though none pays for the number of groups`, (t) => {
    const population = syntheticPopulation(5000, 3, 12);
    const search = { ...SHARED, labelFree, promise };
    const judged = labelFree ? 0.06 : 0.04;
    const simulated = simulateKind(population, { images: 900, drop: judged, search, draws: DRAWS, seed: 3 });
    const { none, groups, mean } = simulated;
    t.true(none.broken <= MOST_BROKEN, `${none.broken}`);
    t.true(none.certified > DRAWS / 4, `${none.certified}`);
    t.true(groups.broken <= none.broken && groups.saved <= none.saved);
    t.true(mean.broken >= none.broken, `${mean.broken}`);
  });
}

test('over halvings a promise for every exit saves less than one of the mean and leaves its worst exit less', (t) => {
  const population = syntheticPopulation(4000, 3, 8);
  const [mean, perExit] = (['mean', 'per-exit'] as const).map((promise) =>
    kindOverHalvings(population, { ...SHARED, promise }, 0.03, 3),
  );
  t.is(perExit!.certified_percent, 100);
  t.true(perExit!.macs_saved_percent < mean!.macs_saved_percent);
  t.true(perExit!.worst_exit_drop_points < mean!.worst_exit_drop_points);
});
