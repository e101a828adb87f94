import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** The number in a column of one row. @throws Error if that is empty or no number. */
export type Figures = (column: string) => number;

/**
 * The only row of a CSV file that has these cells.
 *
 * @throws Error if none has them, or several.
 */
export function csvRow(file: string, wanted: Readonly<Record<string, string>>): Figures {
  const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[];
  const found = rows.filter((row) => Object.entries(wanted).every(([column, cell]) => row[column] === cell));
  if (found.length !== 1) throw new Error(`${file} has ${found.length} rows of ${JSON.stringify(wanted)}`);
  return (column) => {
    const cell = found[0]![column] ?? '';
    const value = Number(cell);
    if (cell === '' || Number.isNaN(value)) throw new Error(`${file} has no number in ${column}`);
    return value;
  };
}
