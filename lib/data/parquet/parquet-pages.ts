import type { ColumnMetaData, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { wholeNumber } from '../../stats/whole-number.js';
import { checkThrift } from './check-thrift.js';
import { byteRange, type ParquetFile } from './parquet-file.js';

/** A page of a column: what its header says, where its bytes are, and which row of its group it begins with. */
export interface Page {
  readonly header: PageHeader;
  readonly start: number;
  readonly end: number;
  readonly firstRow: number;
  readonly rows: number;
}

/** The pages of the part of a column that lies in a row group. */
export interface ColumnPages {
  readonly dictionary: Page | undefined;
  readonly pages: readonly Page[];
}

/** Bytes that hold the header of any page: its statistics are cut at 4 kB by the writers there are. */
const HEADER_BYTES = 1 << 16;

/** The longest page when decompressed, in bytes, and as a multiple of what it is compressed: pictures hardly become smaller. */
const LONGEST_PAGE = 2 ** 26;
const LARGEST_RATIO = 32;

/**
 * Where the pages of a chunk are, by their own headers, since few files have an index of them.
 *
 * @param rows of the row group.
 * @throws Error if a header is damaged, or pages and rows do not add up.
 */
export async function listPages(
  { file }: ParquetFile,
  column: ColumnMetaData,
  rows: number,
): Promise<ColumnPages> {
  const pages: Page[] = [];
  let dictionary: Page | undefined;
  const { start, end } = byteRange(column, file);
  let firstRow = 0;
  for (let position = start; position < end; ) {
    const bytes = new DataView(await file.slice(position, Math.min(end, position + HEADER_BYTES)));
    const length = checkThrift(bytes, 0);
    const header = parquetHeader({ view: bytes, offset: 0 });
    const page = { header, start: position + length, firstRow, rows: rowsOf(header) };
    const pageEnd = page.start + lengthOf(header);
    if (pageEnd > end) throw new Error('a page of it ends behind its column');
    if (header.type === 'DICTIONARY_PAGE') dictionary ??= { ...page, end: pageEnd };
    else if (page.rows > 0) pages.push({ ...page, end: pageEnd });
    firstRow += page.rows;
    if (firstRow > rows) break;
    position = pageEnd;
  }
  if (firstRow !== rows) throw new Error('its pages hold another number of rows than its footer says');
  return { dictionary, pages };
}

/** @throws Error if the sizes in a header are none. */
function lengthOf({ compressed_page_size: stored, uncompressed_page_size: size }: PageHeader): number {
  const length = wholeNumber(stored);
  if (length === undefined || wholeNumber(size) === undefined) throw new Error('a page of it has no size');
  if (size > Math.max(LONGEST_PAGE, LARGEST_RATIO * length))
    throw new Error('a page of it is too long when decompressed');
  return length;
}

/** Rows of a page whose column has one value a row; 0 of one that holds no data. */
function rowsOf(header: PageHeader): number {
  const { type, data_page_header: first, data_page_header_v2: second } = header;
  if (type === 'DICTIONARY_PAGE' || type === 'INDEX_PAGE') return 0;
  const values = wholeNumber((type === 'DATA_PAGE' ? first : second)?.num_values);
  if (values === undefined) throw new Error('a page of it has no number of values');
  if (type !== 'DATA_PAGE_V2') return values;
  const nulls = wholeNumber(second!.num_nulls);
  if (second!.num_rows !== values || nulls === undefined || nulls > values)
    throw new Error('the numbers of a page of it contradict each other');
  return values;
}
