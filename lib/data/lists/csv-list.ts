import { counted } from '../../counted.js';
import { CascadeError } from '../../errors.js';
import { parseCsv } from '../../files/parse-csv.js';
import type { ListColumns, ListedLabel } from './listed-label.js';

/** What separates columns: in English, in languages with a decimal comma, in exports of databases. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** A first line that tells Excel the separator. */
const SEPARATOR_LINE = /^sep=.(?=\r|\n)/i;

/** What its user does about a list that is no CSV, without a full stop. */
const ROWS = { remedy: 'write a header and a row an image' };

/** What its user does about a list without the columns, without a full stop. */
const REMEDY = 'name its columns in the description as image_column and label_column';

/**
 * A list of labels in CSV. The separator is the one with which the first row holds the two columns.
 *
 * @param remedy what its user does if the columns are not there, without a full stop.
 * @throws CascadeError naming the line if it is no CSV or a row has more or fewer cells than the first; if a column is not there or there twice.
 */
export async function readCsvList(
  written: string,
  file: string,
  { image, label }: ListColumns,
  remedy = REMEDY,
): Promise<readonly ListedLabel[]> {
  const text = written.replace(SEPARATOR_LINE, '');
  const headers = await Promise.all(
    DELIMITERS.map((delimiter) => parseCsv(text, file, { ...ROWS, delimiter, most: 1 }).catch(() => [])),
  );
  const fitting = DELIMITERS.filter((_, position) => {
    const cells = headers[position]![0]?.cells ?? [];
    return cells.includes(image) && cells.includes(label);
  });
  if (fitting.length > 1) {
    throw new CascadeError(
      `${file} may be separated by ${fitting.map((each) => (each === '\t' ? 'tabs' : each)).join(' or by ')}; use one of them.`,
    );
  }
  if (fitting.length === 0) {
    throw new CascadeError(`${file} has no columns ${image} and ${label}; ${remedy}.`);
  }
  const [first, ...rows] = await parseCsv(text, file, { ...ROWS, delimiter: fitting[0]! });
  const header = first!.cells;
  const columnOf = (name: string): number => {
    if (header.indexOf(name) !== header.lastIndexOf(name))
      throw new CascadeError(`${file} has the column ${name} more than once; rename one of them.`);
    return header.indexOf(name);
  };
  const [imageColumn, labelColumn] = [columnOf(image), columnOf(label)];
  return rows.map(({ cells, line }) => {
    if (cells.length !== header.length) throw unevenRow(file, line, cells, header);
    return { file: cells[imageColumn]!, label: cells[labelColumn]! };
  });
}

function unevenRow(
  file: string,
  line: number,
  { length }: readonly string[],
  header: readonly string[],
): CascadeError {
  const cells = counted(length, 'cell');
  const where = length < header.length ? `, none in the column ${header[length]}` : '';
  return new CascadeError(
    `${file}, line ${line}, has ${cells} where the first row has ${header.length}${where}; write as many, an empty one too with its separator, and one with a separator in it between quotation marks.`,
  );
}
