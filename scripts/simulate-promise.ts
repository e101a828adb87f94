// Is the promise kept? Draws calibration sets from real records, whose true drop is known because the records are the population,
// and counts how often a certified choice exceeds the drop that was asked for.
//
// node dist/scripts/simulate-promise.js <cascade> [draws] [csv]

import { loadManifest } from '../lib/artifact/manifest.js';
import type { Search } from '../lib/calibrate/calibrate.js';
import { CRITERION_NAMES } from '../lib/exits/criteria.js';
import { outputExits } from '../lib/exits/recorded-outputs.js';
import { averagedBy, DEFAULT_SCORING } from '../lib/exits/scoring.js';
import { loadPool } from '../lib/records/recorded-cascade.js';
import { writeCsv } from '../lib/report/csv.js';
import { renderTable } from '../lib/report/table.js';
import { clopperPearson } from '../lib/stats/clopper-pearson.js';
import { percent } from '../lib/stats/percent.js';
import { simulatePromise } from './simulate/promise.js';

const [folder, drawsText = '1000', file = 'results/promise.csv'] = process.argv.slice(2);
if (folder === undefined) throw new Error('give a cascade folder');
const draws = Number(drawsText);
const manifest = await loadManifest(folder);
const { outputs } = await loadPool(folder, manifest);
const all = manifest.exits.map((_, exit) => exit);
const spread = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => all[Math.floor(((index + 0.5) * all.length) / count)]!);

/** Size of the calibration set, largest drop, exits, search. */
interface Setting {
  readonly images: number;
  readonly drop: number;
  readonly exits: readonly number[];
  readonly search: Search;
}

const plain: Search = { method: 'paper-path', scoring: DEFAULT_SCORING, labelFree: false };
const shared: Search = { ...plain, method: 'shared', scoring: { ...DEFAULT_SCORING, ...averagedBy(0.4) } };
const four = spread(Math.min(4, all.length));
const settings: Setting[] = [
  ...[1000, 2500, 5000].flatMap((images) =>
    [0.005, 0.01, 0.02].map((drop) => ({ images, drop, exits: four, search: plain })),
  ),
  ...[2, 8, 12]
    .filter((count) => count <= all.length)
    .map((count) => ({ images: 5000, drop: 0.01, exits: spread(count), search: plain })),
  ...CRITERION_NAMES.filter((name) => name !== 'softmax').map((criterion) => ({
    images: 5000,
    drop: 0.01,
    exits: criterion === 'patience' ? spread(Math.min(12, all.length)) : four,
    search: { ...plain, scoring: { ...DEFAULT_SCORING, criterion, top: criterion === 'top-k' ? 2 : 1 } },
  })),
  {
    images: 5000,
    drop: 0.01,
    exits: four,
    search: { ...plain, scoring: { ...DEFAULT_SCORING, averaging: 0.4 } },
  },
  { images: 5000, drop: 0.01, exits: four, search: { ...plain, labelFree: true } },
  { images: 2500, drop: 0.01, exits: spread(Math.min(2, all.length)), search: { ...plain, method: 'joint' } },
  ...[1000, 5000].flatMap((images) =>
    [0, 0.005, 0.01, 0.02].map((drop) => ({ images, drop, exits: four, search: shared })),
  ),
  { images: 5000, drop: 0.01, exits: spread(Math.min(12, all.length)), search: shared },
  {
    images: 5000,
    drop: 0.01,
    exits: four,
    search: {
      ...shared,
      scorings: [0, 0.4, 0.8].map((weight) => ({ ...DEFAULT_SCORING, ...averagedBy(weight) })),
    },
  },
  { images: 5000, drop: 0.01, exits: four, search: { ...shared, scoring: DEFAULT_SCORING, labelFree: true } },
];

/** Other drops that are asked for after calibrating, as multiples of the one that was asked for. */
const OTHER_DROPS = [0.5, 0.75, 1.5, 2];

const rows = [];
for (const [index, { images, drop, exits, search }] of settings.entries()) {
  const population = outputExits(outputs, exits);
  const result = simulatePromise(population, {
    images,
    drop,
    search,
    draws,
    others: OTHER_DROPS,
    seed: 1000 * index,
  });
  const { low, high } = clopperPearson(result.broken, draws, 0.95);
  const otherHighest = Math.max(...result.otherBroken);
  rows.push({
    cascade: manifest.name,
    dataset: manifest.dataset,
    images,
    exits: exits.length,
    method: search.method,
    criterion: search.scoring.criterion,
    averaging: search.scorings === undefined ? search.scoring.averaging : 'auto',
    labels: search.labelFree ? 'none' : 'given',
    max_drop_points: percent(drop),
    draws,
    broken_percent: percent(result.broken / draws),
    broken_low_percent: percent(low),
    broken_high_percent: percent(high),
    other_drops_broken_percent: percent(otherHighest / draws),
    certified_percent: percent(result.certified / draws),
    mean_drop_points: percent(result.meanDrop),
    mean_saved_percent: percent(result.meanSaved),
    empirical_broken_percent: percent(result.empiricalBroken / draws),
  });
  await writeCsv(file, rows);
  console.error(`${index + 1} of ${settings.length}`);
}
console.log(
  renderTable(
    [
      'exits',
      'criterion',
      'images',
      'asked',
      'broken',
      '95 % interval',
      'others, worst',
      'without promise',
      'saved',
    ],
    rows.map((row) => [
      row.exits,
      [row.method, row.criterion, row.averaging || '', row.labels === 'none' ? 'no labels' : '']
        .filter(Boolean)
        .join(' '),
      row.images,
      `${row.max_drop_points} pt`,
      `${row.broken_percent.toFixed(1)} %`,
      `${row.broken_low_percent.toFixed(1)} to ${row.broken_high_percent.toFixed(1)}`,
      `${row.other_drops_broken_percent.toFixed(1)} %`,
      `${row.empirical_broken_percent.toFixed(1)} %`,
      `${row.mean_saved_percent.toFixed(1)} %`,
    ]),
  ),
);
