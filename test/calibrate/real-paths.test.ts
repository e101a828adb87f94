import { chooseCertified, type Search } from '../../lib/calibrate/calibrate.js';
import { stratifiedHalves } from '../../lib/data/split.js';
import { outputRows } from '../../lib/exits/recorded-outputs.js';
import { averagedBy, DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { testWith } from '../support/needs.js';
import { CHAIN_RECORDS, chainRecords } from '../support/reference-records.js';

const HALVINGS = 20;

for (const averaging of [0, 0.4]) {
  const title = `no halving of CIFAR-10 leaves three trained networks in a row without a promise of 1 point, averaged ${averaging}`;
  testWith(CHAIN_RECORDS, title, async (t) => {
    const outputs = await chainRecords();
    const search: Search = {
      method: 'paper-path',
      scoring: { ...DEFAULT_SCORING, averaging },
      labelFree: false,
    };
    const full = outputs.costs.full;
    for (let seed = 0; seed < HALVINGS; seed++) {
      const [half] = stratifiedHalves(outputs.labels, seed);
      const target = { kind: 'max-drop', drop: 0.01 } as const;
      const { path, point } = chooseCertified(outputRows(outputs, half), search, target, 0.95, seed);
      const savings = path.points.map(({ cost }) => 1 - cost / path.images / full);
      t.true(savings[0]! < 0.03, `halving ${seed} begins at ${savings[0]}`);
      t.true(point !== undefined, `halving ${seed} promises nothing`);
      t.true(savings[path.points.indexOf(point!)]! > 0.6);
    }
  });
}

const AVERAGED = 'with averaged outputs one threshold for three trained networks in a row';

/** MACs saved with a promise, on the images that test it: a fraction, a halving each. */
async function promisedSavings(drop: number, halvings: number): Promise<readonly number[]> {
  const outputs = await chainRecords();
  const scoring = { ...DEFAULT_SCORING, ...averagedBy(0.8) };
  const search: Search = { method: 'shared', scoring, labelFree: false };
  return Array.from({ length: halvings }, (_, seed) => {
    const [half] = stratifiedHalves(outputs.labels, seed);
    const target = { kind: 'max-drop', drop } as const;
    const { path, point } = chooseCertified(outputRows(outputs, half), search, target, 0.95, seed);
    return point === undefined ? 0 : 1 - point.cost / path.images / outputs.costs.full;
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

testWith(
  CHAIN_RECORDS,
  `${AVERAGED} saves three quarters of the MACs under a promise of 1 point`,
  async (t) => {
    t.true(mean(await promisedSavings(0.01, 5)) > 0.75);
  },
);

testWith(
  CHAIN_RECORDS,
  `${AVERAGED} saves three fifths of the MACs and promises to lose nothing`,
  async (t) => {
    t.true(mean(await promisedSavings(0, 5)) > 0.6);
  },
);

testWith(
  CHAIN_RECORDS,
  `${AVERAGED} can promise to be half a point better than the largest network`,
  async (t) => {
    const savings = await promisedSavings(-0.005, 5);
    t.true(Math.max(...savings) > 0.3);
  },
);
