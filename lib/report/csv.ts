import { stringify } from 'csv-stringify/sync';
import { writeFileAtomically } from '../files/atomic-write.js';

export type CsvValue = string | number | boolean | null;

type CsvRows = readonly Readonly<Record<string, CsvValue>>[];

/**
 * Rows as CSV with one header row, unless they go on from others. All have the keys of the first, which become the columns; null
 * becomes an empty cell.
 */
export function csvText(rows: CsvRows, { header = true }: { readonly header?: boolean } = {}): string {
  const columns = Object.keys(rows[0] ?? {});
  return stringify(rows as Record<string, CsvValue>[], {
    header,
    columns,
    cast: { boolean: String },
  });
}

/** Writes rows as CSV, whole or not at all. */
export async function writeCsv(file: string, rows: CsvRows): Promise<void> {
  await writeFileAtomically(file, csvText(rows));
}
