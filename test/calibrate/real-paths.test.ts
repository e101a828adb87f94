import { chooseCertified, type Search } from '../../lib/calibrate/calibrate.js';
import { stratifiedHalves } from '../../lib/data/split.js';
import { outputRows } from '../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
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
