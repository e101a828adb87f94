// What a promise for every exit or every class costs, and what early leavers and single classes fare like without it: means over halvings of
// the recorded images, thresholds from one half, figures on the other.
//
// node dist/scripts/promise-kinds.js <csv> <cascade…>
import { PROMISE_KINDS } from '../lib/calibrate/promises/promise-kind.js';
import { usageError } from '../lib/errors.js';
import { writeCsv } from '../lib/report/csv.js';
import { renderTable } from '../lib/report/table.js';
import { percent } from '../lib/stats/percent.js';
import { poolWithSearch } from './pools/pool-with-search.js';
import { type KeptRow, kindOverHalvings } from './promise-kinds/kind-over-halvings.js';

const SPLITS = 20;

/** Drops that are asked for; in classes of 50 images no smaller one than 5.8 points can be certified, even where nothing is broken. */
const DROPS = { mean: [0.01], 'per-exit': [0.01, 0.02], 'per-class': [0.01, 0.02, 0.03, 0.05, 0.1] } as const;

const [file, ...folders] = process.argv.slice(2);
if (file === undefined || folders.length === 0) throw usageError('Give a CSV file and cascade folders.');
const rows: KeptRow[] = [];
for (const folder of folders) {
  const { manifest, outputs, search } = await poolWithSearch(folder);
  for (const promise of PROMISE_KINDS) {
    for (const drop of DROPS[promise]) {
      const figures = kindOverHalvings(outputs, { ...search, promise }, drop, SPLITS);
      rows.push({
        cascade: manifest.name,
        dataset: manifest.dataset,
        promise,
        max_drop_points: percent(drop),
        splits: SPLITS,
        ...figures,
      });
      await writeCsv(file, rows);
      console.error(`${manifest.name}, ${promise}, ${percent(drop)} points`);
    }
  }
}
console.log(
  renderTable(
    ['cascade', 'promise', 'drop', 'certified', 'saved', 'mean drop', 'worst exit', 'worst class'],
    rows.map((row) => [
      row.cascade,
      row.promise,
      `${row.max_drop_points} pt`,
      `${row.certified_percent} %`,
      `${row.macs_saved_percent.toFixed(1)} %`,
      row.drop_points.toFixed(2),
      `${row.worst_exit_drop_points.toFixed(2)} (${row.exit_contradicted_splits})`,
      `${row.worst_class_drop_points.toFixed(2)} (${row.class_contradicted_splits})`,
    ]),
    2,
  ),
);
