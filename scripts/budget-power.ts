// What a promised budget leaves unused, by the bound that tests it: means over halvings of real records, thresholds from one half, figures on
// the other.
//
// node dist/scripts/budget-power.js <csv> <cascade…>
import { makeCertifiedPath } from '../lib/calibrate/calibrate.js';
import { certifiedUnderBudget } from '../lib/calibrate/certified-path.js';
import {
  byBetting,
  byValues,
  type CostSample,
  type CostTest,
  exactCostTest,
} from '../lib/calibrate/cost-test.js';
import { stratifiedHalves } from '../lib/data/split.js';
import { usageError } from '../lib/errors.js';
import { outputRows } from '../lib/exits/recorded-outputs.js';
import { writeCsv } from '../lib/report/csv.js';
import { renderTable } from '../lib/report/table.js';
import { bettingMeanPValue } from '../lib/stats/betting-mean-test.js';
import { empiricalBernsteinBound } from '../lib/stats/empirical-bernstein.js';
import { hoeffdingBentkus } from '../lib/stats/hoeffding-bentkus.js';
import { normalQuantile } from '../lib/stats/normal-quantile.js';
import { percent } from '../lib/stats/percent.js';
import { permutation } from '../lib/stats/permutation.js';
import { createRandom } from '../lib/stats/random.js';
import { poolWithSearch } from './pools/pool-with-search.js';
import { realised } from './resplits/resplit.js';

const SPLITS = 20;
const CONFIDENCE = 0.95;
const BUDGETS = [0.4, 0.6, 0.8];

const random = createRandom(0);

/** Bounds by name; `valid` ones keep their level at every sample size. */
const BOUNDS: Readonly<Record<string, { readonly valid: boolean; readonly test: CostTest }>> = {
  'the one in use': { valid: true, test: exactCostTest },
  'betting, one bet': { valid: true, test: byBetting },
  'betting, bets that adapt (Waudby-Smith and Ramdas)': {
    valid: true,
    test: ({ values, counts, budget }, confidence) => {
      const costs = counts.flatMap((count, place) => new Array<number>(count).fill(values[place]!));
      const order = Array.from(permutation(costs.length, random), (image) => costs[image]!);
      return bettingMeanPValue(order, budget, 1 - confidence) <= 1 - confidence;
    },
  },
  'Clopper-Pearson of each place': { valid: true, test: byValues },
  'Hoeffding-Bentkus': {
    valid: true,
    test: (sample, confidence) => {
      const { n, mean } = momentsOf(sample);
      return hoeffdingBentkus(mean, n, sample.budget) <= 1 - confidence;
    },
  },
  'empirical Bernstein (Maurer and Pontil)': {
    valid: true,
    test: (sample, confidence) => {
      const { n, mean, variance } = momentsOf(sample);
      return empiricalBernsteinBound(mean, variance, n, confidence) <= sample.budget;
    },
  },
  'normal approximation': {
    valid: false,
    test: (sample, confidence) => {
      const { n, mean, variance } = momentsOf(sample);
      return mean + normalQuantile(confidence) * Math.sqrt(variance / n) <= sample.budget;
    },
  },
};

function momentsOf({ values, counts }: CostSample) {
  const sumOf = (value: (place: number) => number): number =>
    counts.reduce((sum, count, place) => sum + count * value(place), 0);
  const n = sumOf(() => 1);
  const mean = sumOf((place) => values[place]!) / n;
  return { n, mean, variance: sumOf((place) => (values[place]! - mean) ** 2) / (n - 1) };
}

const [file, ...folders] = process.argv.slice(2);
if (file === undefined || folders.length === 0) throw usageError('Give a CSV file and cascade folders.');
const rows = [];
for (const folder of folders) {
  const { manifest, outputs, search } = await poolWithSearch(folder);
  for (const images of [1000, 5000]) {
    const halves = Array.from({ length: SPLITS }, (_, seed) => {
      const [first, second] = stratifiedHalves(outputs.labels, seed);
      return { making: outputRows(outputs, first.subarray(0, images)), judging: outputRows(outputs, second) };
    });
    for (const share of BUDGETS) {
      const made = halves.map(({ making }, seed) =>
        makeCertifiedPath(making, search, { kind: 'max-cost', share }, seed),
      );
      for (const [bound, { valid, test }] of Object.entries(BOUNDS)) {
        const outcomes = made.flatMap(({ path, scoring }, seed) => {
          const point = certifiedUnderBudget(path, share, CONFIDENCE, outputs.costs, test);
          if (point === undefined) return [];
          return [realised(halves[seed]!.judging, { scoring, thresholds: point.thresholds })];
        });
        const mean = (value: (each: (typeof outcomes)[number]) => number): number =>
          percent(outcomes.reduce((sum, each) => sum + value(each), 0) / outcomes.length);
        rows.push({
          cascade: manifest.name,
          dataset: manifest.dataset,
          images,
          exits: manifest.exits.length,
          max_macs_percent: percent(share),
          bound,
          valid,
          splits: SPLITS,
          certified: outcomes.length,
          macs_percent: mean(({ saved }) => 1 - saved),
          drop_points: mean(({ drop }) => drop),
        });
      }
      await writeCsv(file, rows);
      console.error(`${manifest.name}, ${images} images, ${percent(share)} %`);
    }
  }
}
console.log(
  renderTable(
    ['cascade', 'bound', 'images', 'budget', 'spent', 'drop'],
    rows.map((row) => [
      row.cascade,
      row.valid ? row.bound : `${row.bound} (asymptotic)`,
      row.images,
      `${row.max_macs_percent} %`,
      `${row.macs_percent.toFixed(2)} %`,
      row.drop_points.toFixed(3),
    ]),
    2,
  ),
);
