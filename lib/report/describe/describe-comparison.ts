import { counted } from '../../counted.js';
import type { CsvValue } from '../csv.js';
import { formattedTable, type Table } from '../formatted-table.js';
import { fixed, inPoints } from '../numbers.js';
import type { TableFormat } from '../table-formats.js';

type Row = Readonly<Record<string, CsvValue>>;

/**
 * Rows of `compare.csv` as one table for each set of exits: a line a method, a column for each thing asked.
 *
 * @param width characters that a line of text may have.
 */
export function describeComparison(
  rows: readonly Row[],
  format: TableFormat = 'text',
  width?: number,
): string {
  const { splits, images } = rows[0]!;
  const show = (table: Table): string => formattedTable(table, format, width);
  const title = `Means over ${counted(Number(splits), 'halving')} of ${counted(Number(images), 'image')}, 95 % of the halvings in brackets.`;
  const tables = [...groupedBy(rows.filter(isAsked), (row) => String(row['exits']))].map(
    ([exits, ofSet]) => `${setName(exits)}\n\n${show(tableOf(ofSet))}`,
  );
  const alone = rows.filter((row) => !isAsked(row));
  return [
    title,
    ...tables,
    ...(alone.length === 0 ? [] : [`One network alone\n\n${show(networkTable(alone))}`]),
  ].join('\n\n');
}

/** Whether a row is of something asked, and not of one network by itself. */
function isAsked(row: Row): boolean {
  return row['method'] !== 'one-network';
}

/** How a set of exits, as rows write it and `--exits` takes it, is called. */
export function setName(exits: string): string {
  return `Exits ${exits}`;
}

/** What every network of a chain does by itself. */
function networkTable(rows: readonly Row[]): Table {
  const isTimed = rows[0]!['batch_size'] !== null;
  return {
    header: ['', 'drop in points', 'MACs saved', ...(isTimed ? ['predicted time saved'] : [])],
    rows: rows.map((row) => [
      String(row['exits']),
      cellOf(row, 'drop'),
      percentCell(row['macs_saved_percent']),
      ...(isTimed ? [percentCell(row['predicted_time_saved_percent'])] : []),
    ]),
  };
}

function percentCell(value: CsvValue | undefined): string {
  return `${Number(value).toFixed(1)} %`;
}

function tableOf(rows: readonly Row[]): Table {
  const lines = [...groupedBy(rows, methodName)];
  const promised = rows.find((row) => isPromised(row))?.['confidence_percent'] ?? null;
  const header = ['', ...lines[0]![1].flatMap(headersOf)];
  if (promised === null)
    return { header, rows: lines.map(([name, cells]) => [name, ...cells.flatMap(cellsOf)]) };
  const drops = lines[0]![1].filter((row) => row['max_drop_points'] !== null);
  return {
    header: [
      ...header,
      ...drops.map((row) => `promised (${promised} %) at ${inPoints(Number(row['max_drop_points']))}`),
    ],
    rows: lines.map(([name, cells]) => [
      name,
      ...cells.flatMap(cellsOf),
      ...cells.slice(0, drops.length).map((row) => (isPromised(row) ? cellOf(row, 'promised_saved') : null)),
    ]),
  };
}

function isPromised(row: Row): boolean {
  return typeof row['confidence_percent'] === 'number';
}

/** How a row's method is called in tables and pictures. */
function methodName({ method, criterion }: Row): string {
  if (method === 'one-exit') return 'one exit for all';
  if (method === 'random-exit') return 'a random exit';
  return criterion === null || criterion === '' ? String(method) : `${method}, ${criterion}`;
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
    return batchSize === null ? [saved] : [`MACs ${saved}`, `predicted time ${saved}`];
  }
  return [macs === null ? `drop at ${time} % of the time` : `drop at ${macs} % MACs`];
}

function cellsOf(row: Row): readonly (string | null)[] {
  if (row['max_drop_points'] === null) return [cellOf(row, 'drop')];
  const saved = cellOf(row, 'macs_saved');
  return row['batch_size'] === null ? [saved] : [saved, cellOf(row, 'predicted_time_saved')];
}

function cellOf(
  row: Row,
  quantity: 'macs_saved' | 'predicted_time_saved' | 'promised_saved' | 'drop',
): string | null {
  const [unit, digits] = quantity === 'drop' ? ['points', 2] : ['percent', 1];
  const [mean, low, high] = [
    `${quantity}_${unit}`,
    `${quantity}_low_${unit}`,
    `${quantity}_high_${unit}`,
  ].map((column) => row[column]);
  if (typeof mean !== 'number') return null;
  return `${fixed(mean, digits)} [${fixed(Number(low), digits)}, ${fixed(Number(high), digits)}]`;
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
