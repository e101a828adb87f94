import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Manifest } from '../artifact/manifest.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { withoutFormula } from '../files/formula.js';

export type CsvValue = string | number | boolean | null;

export type CsvRows = readonly Readonly<Record<string, CsvValue>>[];

/**
 * Rows as CSV with one header row, unless they go on from others. All have the keys of the first, which become the columns; null
 * becomes an empty cell.
 */
export function csvText(rows: CsvRows, { header = true }: { readonly header?: boolean } = {}): string {
  const columns = Object.keys(rows[0] ?? {});
  return stringify(rows as Record<string, CsvValue>[], {
    header,
    columns,
    cast: { boolean: String, string: withoutFormula },
  });
}

/** Writes rows as CSV, whole or not at all. */
export async function writeCsv(file: string, rows: CsvRows): Promise<void> {
  await writeFileAtomically(file, csvText(rows));
}

/** Where the CSV files of a cascade go. @param results what `--results` names. */
export function resultsFolder(results: string, { name }: Pick<Manifest, 'name'>): string {
  return path.join(results, name);
}
