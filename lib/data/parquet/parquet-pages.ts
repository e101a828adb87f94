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

/** Bytes that hold the header of nearly every page, and of any: its statistics are cut at 4 kB by the writers there are. */
const [USUAL_HEADER_BYTES, HEADER_BYTES] = [1 << 10, 1 << 16];

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
  parquet: ParquetFile,
  column: ColumnMetaData,
  rows: number,
): Promise<ColumnPages> {
  const pages: Page[] = [];
  let dictionary: Page | undefined;
  const { start, end } = byteRange(column, parquet.file);
  let firstRow = 0;
  for (let position = start; position < end; ) {
    if (--parquet.headersLeft < 0) throw new Error('it has more pages than its bytes can be');
    const { header, length } = await readHeader(parquet, position, end);
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

/** A page's header, and how long it is. @param most bytes that are read for it. */
async function readHeader(
  parquet: ParquetFile,
  position: number,
  end: number,
  most = USUAL_HEADER_BYTES,
): Promise<{ readonly header: PageHeader; readonly length: number }> {
  const view = new DataView(await parquet.file.slice(position, Math.min(end, position + most)));
  try {
    const length = checkThrift(view, 0);
    return { header: parquetHeader({ view, offset: 0 }), length };
  } catch (error) {
    if (most === HEADER_BYTES || position + most >= end) throw error;
    return readHeader(parquet, position, end, HEADER_BYTES);
  }
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
