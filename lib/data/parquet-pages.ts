import type { AsyncBuffer, ColumnMetaData, Compressors, FileMetaData, OffsetIndex } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { readRowGroup } from 'hyparquet/src/rowgroup.js';

/** A Parquet file and what its footer says. */
export interface ParquetFile {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly compressors: Compressors;
}

/** The part of a column that lies in a row group. */
export interface ColumnChunk {
  readonly group: number;
  readonly column: ColumnMetaData;
}

/** Where a page is, and which row of its group it begins with. */
export type PageLocation = OffsetIndex['page_locations'][number];

/** Bytes that hold the header of any page: its statistics are cut at 4 kB by the writers there are. */
const HEADER_BYTES = 1 << 16;

/** Where the pages of a chunk are, by their own headers, since few files have an index of them. */
export async function listPages({ file }: ParquetFile, { column }: ColumnChunk): Promise<PageLocation[]> {
  const pages: PageLocation[] = [];
  const { startByte, endByte } = byteRange(column);
  let row = 0;
  for (let position = startByte; position < endByte; ) {
    const bytes = await file.slice(position, Math.min(endByte, position + HEADER_BYTES));
    const reader = { view: new DataView(bytes), offset: 0 };
    const { compressed_page_size: size, ...header } = parquetHeader(reader);
    const rows = header.data_page_header?.num_values ?? header.data_page_header_v2?.num_rows;
    const pageSize = reader.offset + size;
    if (rows !== undefined) {
      pages.push({
        offset: BigInt(position),
        compressed_page_size: pageSize,
        first_row_index: BigInt(row),
      });
      row += rows;
    }
    position += pageSize;
  }
  return pages;
}

function byteRange(column: ColumnMetaData): { readonly startByte: number; readonly endByte: number } {
  // Some writers put a 0 where there is no dictionary.
  const startByte = Number(column.dictionary_page_offset || column.data_page_offset);
  return { startByte, endByte: startByte + Number(column.total_compressed_size) };
}

/** The values of one page of a chunk; it alone, and the chunk's dictionary, is read. */
export async function readPage(
  { file, metadata, compressors }: ParquetFile,
  { group, column }: ColumnChunk,
  pages: PageLocation[],
  page: number,
): Promise<readonly unknown[]> {
  const rowGroup = metadata.row_groups[group]!;
  const groupRows = Number(rowGroup.num_rows);
  const selectStart = Number(pages[page]!.first_row_index);
  const selectEnd = page + 1 < pages.length ? Number(pages[page + 1]!.first_row_index) : groupRows;
  const { asyncColumns } = readRowGroup(
    { file, compressors, utf8: false },
    { metadata, rowStart: selectStart, fetches: [], groups: [] },
    {
      rowGroup,
      groupStart: 0,
      groupRows,
      selectStart,
      selectEnd,
      chunks: [{ columnMetadata: column, range: byteRange(column), pageLocations: pages }],
    },
  );
  const { data, skipped } = await asyncColumns[0]!.data;
  const values = data.flatMap((part) => Array.from(part as ArrayLike<unknown>));
  // The field of a group that may be absent comes as a list of one.
  return values
    .slice(selectStart - skipped, selectEnd - skipped)
    .map((value) => (Array.isArray(value) ? value[0] : value));
}
