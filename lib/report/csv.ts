import { stringify } from 'csv-stringify/sync';
import { writeFileAtomically } from '../data/atomic-write.js';

export type CsvValue = string | number | boolean | null;

/**
 * Writes rows as CSV with one header row, whole or not at all. All rows have the keys of the first, which become the columns;
 * null becomes an empty cell.
 */
export async function writeCsv(
  file: string,
  rows: readonly Readonly<Record<string, CsvValue>>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const text = stringify(rows as Record<string, CsvValue>[], {
    header: true,
    columns,
    cast: { boolean: String },
  });
  await writeFileAtomically(file, text);
}
