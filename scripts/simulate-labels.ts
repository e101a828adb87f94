// Is the promise kept with few labels? Draws images without labels from real records, whose true drops are known because the records are
// the population, has the labels given in the order of `cascade ask` until the answer is certain, or stops before, and counts how often
// what is certified truly drops more than was asked.
//
// node dist/scripts/simulate-labels.js <csv> <draws> <cascade…>
import { loadManifest } from '../lib/artifact/manifest.js';
import { makeUnlabelledPath } from '../lib/calibrate/disputes/unlabelled-path.js';
import { usageError } from '../lib/errors.js';
import { loadPool } from '../lib/records/recorded-cascade.js';
import { writeCsv } from '../lib/report/csv.js';
import { renderTable } from '../lib/report/table.js';
import { clopperPearson } from '../lib/stats/clopper-pearson.js';
import { percent } from '../lib/stats/percent.js';
import { sharedSearch } from './labels/shared-search.js';
import { type LabelPolicy, simulateLabels } from './labels/simulate.js';

const SETTINGS = [
  { images: 500, drop: 0.02 },
  { images: 2000, drop: 0.01 },
  { images: 5000, drop: 0 },
  { images: 5000, drop: 0.01 },
  { images: 20_000, drop: 0.005 },
  { images: 20_000, drop: 0.01 },
] as const;

const [file, drawsText, ...folders] = process.argv.slice(2);
const draws = Number(drawsText);
if (file === undefined || !(draws > 0) || folders.length === 0)
  throw usageError('Give a CSV file, the number of draws, and cascade folders.');
const rows: Row[] = [];
for (const folder of folders) {
  const manifest = await loadManifest(folder);
  const { outputs } = await loadPool(folder, manifest);
  // The path and who disagrees where are the same for all drops and draws.
  const search = sharedSearch(manifest);
  const population = makeUnlabelledPath(outputs, search, { kind: 'max-drop', drop: 0 }, 0);
  for (const [index, { images, drop }] of SETTINGS.entries()) {
    const simulated = simulateLabels(population, outputs, { images, drop, draws, seed: 1000 * index });
    for (const [policy, { broken, labels, saved }] of Object.entries(simulated)) {
      const { low, high } = clopperPearson(broken, draws, 0.95);
      rows.push({
        cascade: manifest.name,
        dataset: manifest.dataset,
        images,
        max_drop_points: percent(drop),
        labelling: policy as LabelPolicy,
        draws,
        mean_labels: Math.round(labels / draws),
        broken_percent: percent(broken / draws),
        broken_low_percent: percent(low),
        broken_high_percent: percent(high),
        mean_saved_percent: percent(saved / draws),
      });
    }
    await writeCsv(file, rows);
    console.error(`${manifest.name}, ${images} images, ${percent(drop)} points`);
  }
}
console.log(
  renderTable(
    ['cascade', 'images', 'asked', 'labelling', 'labels', 'broken', '95 % interval', 'saved'],
    rows.map((row) => [
      row.cascade,
      row.images,
      `${row.max_drop_points} pt`,
      row.labelling,
      row.mean_labels,
      `${row.broken_percent.toFixed(1)} %`,
      `${row.broken_low_percent.toFixed(1)} to ${row.broken_high_percent.toFixed(1)}`,
      `${row.mean_saved_percent.toFixed(1)} %`,
    ]),
  ),
);

type Row = {
  readonly cascade: string;
  readonly dataset: string;
  readonly images: number;
  readonly max_drop_points: number;
  readonly labelling: LabelPolicy;
  readonly draws: number;
  readonly mean_labels: number;
  readonly broken_percent: number;
  readonly broken_low_percent: number;
  readonly broken_high_percent: number;
  readonly mean_saved_percent: number;
};
