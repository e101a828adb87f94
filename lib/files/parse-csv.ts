import { CascadeError } from '../errors.js';

/** A row of a CSV file. */
export interface CsvRow {
  readonly cells: readonly string[];
  /** The line that it ends on, from 1. */
  readonly line: number;
}

/** How a CSV text is read. */
export interface CsvReading {
  /** What separates cells. */
  readonly delimiter: string;
  /** What its user does about text that is no CSV, without a full stop. */
  readonly remedy: string;
  /** Rows that are read; all when left out. */
  readonly most?: number;
}

/** Files that several programs had a hand in have several of them. */
const LINE_END = /\r\n?/g;

/**
 * The rows of a CSV text, each with as many cells as it has, without white space around them; empty lines are no rows.
 *
 * @param file its name as messages have it.
 * @throws CascadeError naming the line and column at which it stops being CSV.
 */
export async function parseCsv(
  text: string,
  file: string,
  { delimiter, remedy, most }: CsvReading,
): Promise<readonly CsvRow[]> {
  const { CsvError, parse } = await import('csv-parse/sync');
  try {
    const rows: unknown = parse(text.replace(LINE_END, '\n'), {
      bom: true,
      delimiter,
      info: true,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      ...(most !== undefined && { to: most }),
    });
    // The library's types do not know what `info` makes of rows.
    return (rows as readonly { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      cells: record,
      line: info.lines,
    }));
  } catch (error) {
    const place =
      error instanceof CsvError && typeof error.lines === 'number'
        ? `in line ${error.lines}, column ${Number(error.column) + 1}, `
        : '';
    throw new CascadeError(
      `${file} is not a CSV file: ${place}a quotation mark is out of place; ${remedy}.`,
      undefined,
      { cause: error },
    );
  }
}
