// What a choice of thresholds saves, and what it really drops, over many halvings of the recorded images: thresholds from one
// half, figures on the other.
//
// Averaged outputs are methods of their own where a weight is given (README, --average).
//
// node dist/scripts/resplits.js <cascade> [csv] [average]
import { exitLabel } from '../lib/artifact/exit-names.js';
import { loadManifest } from '../lib/artifact/manifest.js';
import { usageError } from '../lib/errors.js';
import { outputExits } from '../lib/exits/recorded-outputs.js';
import { averagedBy, DEFAULT_SCORING } from '../lib/exits/scoring.js';
import { loadPool } from '../lib/records/recorded-cascade.js';
import { writeCsv } from '../lib/report/csv.js';
import { renderTable } from '../lib/report/table.js';
import { type ResplitRow, resplit } from './resplits/resplit.js';

const SPLITS = 20;

/** Sets of residual blocks with an exit; those that the cascade lacks are left out, and all of its own are taken if it has none of them. */
const EXIT_SETS = [
  [8, 17],
  [8, 14, 17, 23],
  [6, 10, 14, 17, 20],
  [8, 14, 17, 20, 22, 24],
  [4, 6, 10, 14, 17, 20, 22],
  [4, 6, 10, 12, 14, 17, 20],
  [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24],
];

const [folder, file = 'results/resplits.csv', average] = process.argv.slice(2);
if (folder === undefined) throw usageError('Give a cascade folder.');
const weight = Number(average ?? 0);
if (!(weight >= 0 && weight < 1)) throw usageError(`The weight ${average} is not at least 0 and below 1.`);
const SEARCHES = [
  { method: 'paper-path', averaging: 0 },
  { method: 'joint', averaging: 0 },
  { method: 'shared', averaging: 0 },
  ...(weight === 0
    ? []
    : (['paper-path', 'shared'] as const).map((method) => ({ method, averaging: weight }))),
] as const;
const manifest = await loadManifest(folder);
const { outputs } = await loadPool(folder, manifest);
const rows: ResplitRow[] = [];
const labels = manifest.exits.map(exitLabel);
const there = EXIT_SETS.map((blocks) => blocks.map(String)).filter((set) =>
  set.every((label) => labels.includes(label)),
);
for (const set of there.length === 0 ? [labels] : there) {
  const some = outputExits(
    outputs,
    set.map((label) => labels.indexOf(label)),
  );
  for (const { method, averaging } of SEARCHES) {
    const search = { method, scoring: { ...DEFAULT_SCORING, ...averagedBy(averaging) }, labelFree: false };
    rows.push({ cascade: manifest.name, exits: set.join(' '), ...resplit(some, search, SPLITS) });
    console.error(`exits ${set.join(', ')}, ${method}, averaged ${averaging}`);
  }
}
await writeCsv(file, rows);
console.log(`Means over ${SPLITS} halvings; the right part asks for a drop of at most 1 point.\n`);
console.log(
  renderTable(
    [
      'exits',
      'method',
      'averaged',
      'saved at 0.5',
      '1',
      '2 points',
      'no promise: drop',
      'saved',
      'promise: drop',
      'worst',
      'saved',
      'at no drop',
      '0.5',
      '2 points',
      'price',
    ],
    rows.map((row) => [
      row.exits.split(' ').length,
      row.method,
      row.averaging,
      ...[
        row.saved_at_half_point_percent,
        row.saved_at_one_point_percent,
        row.saved_at_two_points_percent,
      ].map(inPercent),
      inHundredths(row.empirical_median_drop_points),
      inPercent(row.empirical_saved_percent),
      inHundredths(row.certified_median_drop_points),
      inHundredths(row.certified_worst_drop_points),
      ...[
        row.certified_saved_percent,
        row.certified_saved_at_no_drop_percent,
        row.certified_saved_at_half_point_percent,
        row.certified_saved_at_two_points_percent,
      ].map(inPercent),
      inPercent(row.promise_price_percent),
    ]),
  ),
);

function inPercent(value: number): string {
  return `${value.toFixed(1)} %`;
}

function inHundredths(value: number): string {
  return value.toFixed(2);
}
