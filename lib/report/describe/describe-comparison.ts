import type { CsvValue } from '../csv.js';
import { inPoints } from '../numbers.js';
import { renderTable } from '../table.js';

type Row = Readonly<Record<string, CsvValue>>;

/** Rows of `compare.csv` as one table for each set of exits: a line a method, a column for each thing asked. */
export function describeComparison(rows: readonly Row[]): string {
  const { splits, images } = rows[0]!;
  const title = `Means over ${splits} halvings of ${images} images, 95 % of the halvings in brackets.`;
  const tables = [...groupedBy(rows.filter(isAsked), (row) => String(row['exits']))].map(
    ([exits, ofSet]) => `${setName(exits)}\n\n${tableOf(ofSet)}`,
  );
  const alone = rows.filter((row) => !isAsked(row));
  return [title, ...tables, ...(alone.length === 0 ? [] : [networkTable(alone)])].join('\n\n');
}

/** Whether a row is of something asked, and not of one network by itself. */
function isAsked(row: Row): boolean {
  return row['max_drop_points'] !== null || row['max_macs_percent'] !== null;
}

/** How a set of exits, as rows write it, is called. */
export function setName(exits: string): string {
  return /^[\d, ]*$/.test(exits) ? `Exits after blocks ${exits}` : `Exits ${exits}`;
}

/** What every network of a chain does by itself. */
function networkTable(rows: readonly Row[]): string {
  const table = renderTable(
    ['', 'drop in points', 'MACs saved'],
    rows.map((row) => [
      String(row['exits']),
      spreadCell(row, 'drop', 'points', 2),
      `${Number(row['macs_saved_percent']).toFixed(1)} %`,
    ]),
  );
  return `One network alone\n\n${table}`;
}

function tableOf(rows: readonly Row[]): string {
  const lines = [...groupedBy(rows, methodName)];
  const asked = lines[0]![1].map((row) =>
    row['max_macs_percent'] === null
      ? `saved at ${inPoints(Number(row['max_drop_points']))}`
      : `drop at ${row['max_macs_percent']} % MACs`,
  );
  return renderTable(
    ['', ...asked],
    lines.map(([name, cells]) => [name, ...cells.map(cellOf)]),
  );
}

/** How a row's method is called in tables and pictures. */
export function methodName({ method, criterion }: Row): string {
  if (method === 'one-exit') return 'one exit for all';
  if (method === 'random-exit') return 'a random exit';
  return `${method}, ${criterion}`;
}

function cellOf(row: Row): string | null {
  return row['max_macs_percent'] === null
    ? spreadCell(row, 'macs_saved', 'percent', 1)
    : spreadCell(row, 'drop', 'points', 2);
}

function spreadCell(row: Row, quantity: string, unit: string, digits: number): string | null {
  const [mean, low, high] = [
    `${quantity}_${unit}`,
    `${quantity}_low_${unit}`,
    `${quantity}_high_${unit}`,
  ].map((column) => row[column]);
  if (typeof mean !== 'number') return null;
  return `${mean.toFixed(digits)} [${Number(low).toFixed(digits)}, ${Number(high).toFixed(digits)}]`;
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
