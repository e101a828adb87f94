import test from 'ava';
import { picturesOf } from '../../lib/report/pictures.js';
import { readReports } from '../../lib/report/read-csv.js';
import { COMPARISON_COLUMNS, type Report, TIME_COLUMNS } from '../../lib/report/rows-read.js';
import { evalCsv, RESNET56, writeFiles } from './sample-results.js';

const NOTHING: Report = {
  front: [],
  exits: [],
  eval: [],
  comparison: [],
  time: [],
  probe: [],
  shares: [],
  reliability: [],
  latency: [],
  notes: [],
};

/** A row of which only its being there counts. */
function anyRow<Columns extends object>(columns: Columns): { readonly [Name in keyof Columns]: never } {
  return Object.fromEntries(Object.keys(columns).map((name) => [name, 0])) as never;
}

function names(report: Partial<Report>): readonly string[] {
  return picturesOf({ ...NOTHING, ...report }).map(({ name }) => name);
}

test('each kind of CSV file makes a picture of its own, the front first', async (t) => {
  const { eval: points } = await readReports(await writeFiles({ 'eval.csv': evalCsv(RESNET56) }));
  const comparison = [anyRow(COMPARISON_COLUMNS)];
  const time = [anyRow(TIME_COLUMNS)];
  t.deepEqual(names({ eval: points, comparison, time }), ['front', 'compare', 'time']);
  t.deepEqual(names({ time }), ['time']);
  t.deepEqual(names({ comparison }), ['compare']);
});

test('of no rows the front is to be drawn, which says what is missing', (t) => {
  const [front, ...others] = picturesOf(NOTHING);
  t.deepEqual(others, []);
  t.throws(() => front!.draw(), { message: /CSV|csv/ });
});
