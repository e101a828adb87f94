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
  return row['method'] !== 'one-network';
}

/** How a set of exits, as rows write it, is called. */
export function setName(exits: string): string {
  return /^[\d, ]*$/.test(exits) ? `Exits after blocks ${exits}` : `Exits ${exits}`;
}

/** What every network of a chain does by itself. */
function networkTable(rows: readonly Row[]): string {
  const isTimed = rows[0]!['batch_size'] !== null;
  const table = renderTable(
    ['', 'drop in points', 'MACs saved', ...(isTimed ? ['time saved'] : [])],
    rows.map((row) => [
      String(row['exits']),
      cellOf(row, 'drop'),
      percentCell(row['macs_saved_percent']),
      ...(isTimed ? [percentCell(row['predicted_time_saved_percent'])] : []),
    ]),
  );
  return `One network alone\n\n${table}`;
}

function percentCell(value: CsvValue | undefined): string {
  return `${Number(value).toFixed(1)} %`;
}

function tableOf(rows: readonly Row[]): string {
  const lines = [...groupedBy(rows, methodName)];
  const asked = lines[0]![1].flatMap(headersOf);
  return renderTable(
    ['', ...asked],
    lines.map(([name, cells]) => [name, ...cells.flatMap(cellsOf)]),
  );
}

/** How a row's method is called in tables and pictures. */
export function methodName({ method, criterion }: Row): string {
  if (method === 'one-exit') return 'one exit for all';
  if (method === 'random-exit') return 'a random exit';
  return `${method}, ${criterion}`;
}

/** A drop that was asked for has a column of what is saved of the MACs, and one of the time where times are known. */
function headersOf(row: Row): readonly string[] {
  const {
    max_drop_points: drop,
    max_macs_percent: macs,
    max_time_percent: time,
    batch_size: batchSize,
  } = row;
  if (drop !== null) {
    const saved = `saved at ${inPoints(Number(drop))}`;
    return batchSize === null ? [saved] : [`MACs ${saved}`, `time ${saved}`];
  }
  return [macs === null ? `drop at ${time} % of the time` : `drop at ${macs} % MACs`];
}

function cellsOf(row: Row): readonly (string | null)[] {
  if (row['max_drop_points'] === null) return [cellOf(row, 'drop')];
  const saved = cellOf(row, 'macs_saved');
  return row['batch_size'] === null ? [saved] : [saved, cellOf(row, 'predicted_time_saved')];
}

function cellOf(row: Row, quantity: 'macs_saved' | 'predicted_time_saved' | 'drop'): string | null {
  const [unit, digits] = quantity === 'drop' ? ['points', 2] : ['percent', 1];
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
