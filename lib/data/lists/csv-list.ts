import { CascadeError } from '../../errors.js';
import type { ListColumns, ListedLabel } from './listed-label.js';

/** What separates columns: in English, in languages with a decimal comma, in exports of databases. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** What its user does about a list without the columns, without a full stop. */
const REMEDY = 'name its columns in the description as image_column and label_column';

/**
 * A list of labels in CSV. The separator is the one with which the first row holds the two columns.
 *
 * @param remedy what its user does if the columns are not there, without a full stop.
 * @throws CascadeError if it is no CSV, or lacks a column, or has one twice.
 */
export async function readCsvList(
  text: string,
  file: string,
  { image, label }: ListColumns,
  remedy = REMEDY,
): Promise<readonly ListedLabel[]> {
  const { parse } = await import('csv-parse/sync');
  const rowsOf = (delimiter: string, to?: number): string[][] => {
    try {
      return parse(text, { bom: true, delimiter, skip_empty_lines: true, trim: true, ...(to && { to }) });
    } catch (error) {
      if (to !== undefined) return [];
      throw new CascadeError(`${file} is not a CSV file; write a header and a row an image.`, undefined, {
        cause: error,
      });
    }
  };
  const fitting = DELIMITERS.filter((delimiter) => {
    const [header = []] = rowsOf(delimiter, 1);
    return header.includes(image) && header.includes(label);
  });
  if (fitting.length > 1) {
    throw new CascadeError(
      `${file} may be separated by ${fitting.map((each) => (each === '\t' ? 'tabs' : each)).join(' or by ')}; use one of them.`,
    );
  }
  if (fitting.length === 0) {
    throw new CascadeError(`${file} has no columns ${image} and ${label}; ${remedy}.`);
  }
  const [header, ...rows] = rowsOf(fitting[0]!);
  const columnOf = (name: string): number => {
    if (header!.indexOf(name) !== header!.lastIndexOf(name))
      throw new CascadeError(`${file} has the column ${name} more than once; rename one of them.`);
    return header!.indexOf(name);
  };
  const [imageColumn, labelColumn] = [columnOf(image), columnOf(label)];
  return rows.map((row) => ({ file: row[imageColumn]!, label: row[labelColumn]! }));
}
