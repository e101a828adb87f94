import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError, usageError } from '../errors.js';
import { withFormula } from '../files/formula.js';
import { parseCsv } from '../files/parse-csv.js';
import { readText } from '../files/read-text.js';
import { printable } from '../printable.js';
import type {
  CellKind,
  ComparisonRow,
  EvalRow,
  ExitRow,
  FrontRow,
  LatencyReportRow,
  ProbeReportRow,
  ReliabilityRow,
  Report,
  Row,
  ShareRow,
  TimeReportRow,
} from './rows-read.js';
import {
  COMPARISON_COLUMNS,
  EVAL_COLUMNS,
  EXIT_COLUMNS,
  FRONT_COLUMNS,
  LATENCY_COLUMNS,
  PROBE_COLUMNS,
  RELIABILITY_COLUMNS,
  SHARE_COLUMNS,
  TIME_COLUMNS,
} from './rows-read.js';

const REMEDY = 'write the file again with the command that made it';
const COLUMN_NAME = /^[a-z][a-z0-9_]*$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads result files in any mix and order; each is recognised by its columns, not by its name, and files of
 * several runs may be concatenated or given side by side. A well-formed CSV of another kind is left out with a note, groups.csv only where
 * nothing else is there.
 *
 * @throws CascadeError naming the file, and row (the header is row 1) and column where there is one.
 */
export async function readReports(files: readonly string[]): Promise<Report> {
  const front: FrontRow[] = [];
  const exits: ExitRow[] = [];
  const evaluations: EvalRow[] = [];
  const comparison: ComparisonRow[] = [];
  const time: TimeReportRow[] = [];
  const probe: ProbeReportRow[] = [];
  const shares: ShareRow[] = [];
  const reliability: ReliabilityRow[] = [];
  const latency: LatencyReportRow[] = [];
  const [unknown, undrawn]: [string[], string[]] = [[], []];
  for (const file of files) {
    const table = await readTable(file);
    const has = (column: string) => table.header.includes(column);
    if (has('time_saved_percent')) append(time, readRows(table, TIME_COLUMNS));
    else if (has('p50_milliseconds')) append(latency, readRows(table, LATENCY_COLUMNS));
    else if (has('mean_confidence')) append(reliability, readRows(table, RELIABILITY_COLUMNS));
    else if (has('share_percent')) append(shares, readRows(table, SHARE_COLUMNS));
    else if (has('backbone') && has('macs_percent')) append(probe, readRows(table, PROBE_COLUMNS));
    else if (has('splits') && has('images')) append(comparison, readRows(table, COMPARISON_COLUMNS));
    else if (has('max_drop_points') && has('accuracy_percent'))
      append(evaluations, readRows(table, EVAL_COLUMNS));
    else if (has('exit') && has('macs_percent')) append(exits, readRows(table, EXIT_COLUMNS));
    else if (has('parameter') && has('accuracy_percent')) append(front, readRows(table, FRONT_COLUMNS));
    else (has('grouping') ? undrawn : unknown).push(file);
  }
  const drawn = { front, exits, eval: evaluations, comparison, time, probe, shares, reliability, latency };
  // Whoever names all files of a folder need not hear of those that never make a picture.
  const isAlone = Object.values(drawn).every((rows) => rows.length === 0);
  const leftOut = isAlone ? [...undrawn, ...unknown] : unknown;
  const notes = leftOut.map((file) => `'${file}' is left out: no picture is made of such rows.`);
  return { ...drawn, notes };
}

/** Characters of a name in a picture. */
const LONGEST_TEXT = 200;

/** One by one: as arguments of one call, a hundred thousand rows would be too many. */
function append<T>(all: T[], rows: readonly T[]): void {
  for (const row of rows) all.push(row);
}

interface Table {
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

async function readTable(file: string): Promise<Table> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory())
    throw usageError(`'${file}' is a folder; give the CSV files in it, such as ${path.join(file, '*.csv')}.`);
  const text = await readText(file);
  const parsed = await parseCsv(text, `'${file}'`, {
    delimiter: ',',
    remedy: 'give the CSV files of a results folder',
  });
  const [header = [], ...rows] = parsed.map(({ cells }) => cells);
  if (header.length < 2 || !header.every((name) => COLUMN_NAME.test(name))) {
    throw new CascadeError(
      `'${file}' is not a CSV of results: its first row holds no column names; give the CSV files of a results folder.`,
    );
  }
  return { file, header, rows };
}

function readRows<Columns extends Readonly<Record<string, CellKind>>>(
  table: Table,
  columns: Columns,
): Row<Columns>[] {
  const { file, header } = table;
  return table.rows.flatMap((cells, index) => {
    // Files joined with `cat` repeat their header.
    if (cells.length === header.length && cells.every((cell, column) => cell === header[column])) return [];
    const place = `'${file}', row ${index + 2}`;
    if (cells.length !== header.length) {
      const column = header[Math.min(cells.length, header.length - 1)];
      throw new CascadeError(
        `${place}, column '${column}': the row has ${cells.length} cells where the header has ${header.length}; ${REMEDY}.`,
      );
    }
    const cellOf = (column: string) => cells[header.indexOf(column)] ?? '';
    const read = ([column, kind]: [string, CellKind]) => {
      let text = cellOf(column);
      if (column === 'macs_saved_percent' && kind === 'number' && text === '') text = savedPercent(cellOf);
      const value = readCell(text, column, kind);
      if (value instanceof Error) {
        throw new CascadeError(`${place}, column '${column}': ${value.message}; ${REMEDY}.`);
      }
      return [column, value];
    };
    return [Object.fromEntries(Object.entries(columns).map(read)) as Row<Columns>];
  });
}

/** The saving that the two MAC counts of a row imply; empty where one of them is missing or zero. */
function savedPercent(cellOf: (column: string) => string): string {
  const [used, full] = [cellOf('macs_per_image'), cellOf('full_macs')];
  return DECIMAL.test(used) && Number(full) > 0 ? String(100 * (1 - Number(used) / Number(full))) : '';
}

function readCell(text: string, column: string, kind: CellKind): string | number | null | Error {
  // Texts of a CSV become labels of pictures.
  if (kind === 'text') return printable(withFormula(text), LONGEST_TEXT);
  if (kind === 'split') {
    const isSplit = text === 'calibration' || text === 'test';
    return isSplit ? text : new Error(`'${text}' is neither 'calibration' nor 'test'`);
  }
  if (text === '') return kind === 'optional number' ? null : new Error('the cell is empty');
  if (!DECIMAL.test(text)) return new Error(`'${text}' is not a number`);
  const [lowest, highest] = limits(column);
  const value = Number(text);
  return value >= lowest && value <= highest
    ? value
    : new Error(`${text} is outside ${lowest} to ${highest}`);
}

/** Lowest and highest value that a column can hold. Savings may be negative: heads cost MACs too. */
function limits(column: string): readonly [number, number] {
  if (/^(macs|time|predicted_time)_saved_/.test(column)) return [-1e6, 100];
  if (column === 'macs_percent' || column === 'predicted_time_percent') return [0, 1e6];
  if (column === 'mean_confidence') return [-1e6, 1e6];
  if (column.endsWith('_percent')) return [0, 100];
  if (column.endsWith('_points')) return [-100, 100];
  return [0, Number.MAX_SAFE_INTEGER];
}
