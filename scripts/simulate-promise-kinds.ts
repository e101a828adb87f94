// Are promises for every exit and every class kept? Draws calibration sets from real records, whose true drops in every group are known because
// the records are the population, and counts how often some group of a certified choice drops more than was asked for: with every group
// tested at the full level, at its share of the level, and with all images tested together.
//
// node dist/scripts/simulate-promise-kinds.js <csv> <draws> <cascade…>
import { usageError } from '../lib/errors.js';
import { writeCsv } from '../lib/report/csv.js';
import { clopperPearson } from '../lib/stats/clopper-pearson.js';
import { percent } from '../lib/stats/percent.js';
import { poolWithSearch } from './pools/pool-with-search.js';
import { simulateKind } from './promise-kinds/simulate.js';

const SETTINGS = [
  { promise: 'per-exit', images: 1000, drop: 0.02 },
  { promise: 'per-exit', images: 2500, drop: 0.01 },
  { promise: 'per-exit', images: 2500, drop: 0.02 },
  { promise: 'per-class', images: 1000, drop: 0.05 },
  { promise: 'per-class', images: 2500, drop: 0.03 },
] as const;

const [file, drawsText, ...folders] = process.argv.slice(2);
const draws = Number(drawsText);
if (file === undefined || !(draws >= 1) || folders.length === 0)
  throw usageError('Give a CSV file, a number of draws and cascade folders.');
const rows = [];
for (const folder of folders) {
  const { manifest, outputs, search } = await poolWithSearch(folder);
  for (const [index, { promise, images, drop }] of SETTINGS.entries()) {
    const asked = { ...search, promise };
    const outcomes = simulateKind(outputs, { images, drop, search: asked, draws, seed: 1000 * index });
    for (const [correction, { broken, certified, saved }] of Object.entries(outcomes)) {
      const { low, high } = clopperPearson(broken, draws, 0.95);
      rows.push({
        cascade: manifest.name,
        dataset: manifest.dataset,
        promise,
        images,
        max_drop_points: percent(drop),
        correction,
        draws,
        broken_percent: percent(broken / draws),
        broken_low_percent: percent(low),
        broken_high_percent: percent(high),
        certified_percent: percent(certified / draws),
        mean_saved_percent: percent(saved / draws),
      });
    }
    await writeCsv(file, rows);
    console.error(`${manifest.name}, ${promise}, ${images} images`);
  }
}
