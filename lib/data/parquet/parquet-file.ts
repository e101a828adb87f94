import type { AsyncBuffer, ColumnMetaData, FileMetaData } from 'hyparquet';
import { openForReading } from '../../files/open-for-reading.js';
import { wholeNumber } from '../../stats/whole-number.js';
import { checkThrift } from './check-thrift.js';

/** A Parquet file and what its footer says. */
export interface ParquetFile {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  /** How many headers of pages may still be read: more than there can be means that they are read again and again. */
  headersLeft: number;
  close(): Promise<void>;
}

/** Bytes a page, on average over a file of pictures, at the very least. */
const LEAST_PAGE = 64;

/** Length of the footer and the four letters behind it. */
const TAIL_BYTES = 8;

/**
 * Opens a Parquet file. Its footer is looked through before it is taken apart, and what it says of places and numbers of rows lies
 * within the file.
 *
 * @throws Error if it is no such file or damaged; CascadeError if it cannot be opened.
 */
export async function openParquet(name: string): Promise<ParquetFile> {
  const { parquetMetadata, parquetSchema } = await import('hyparquet');
  const handle = await openForReading(name);
  try {
    const { size } = await handle.stat();
    const slice = async (start: number, end = size): Promise<ArrayBuffer> => {
      if (!(0 <= start && start <= end && end <= size)) throw new Error('a part of it ends behind the file');
      const bytes = new Uint8Array(end - start);
      for (let done = 0; done < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done);
        if (bytesRead === 0) throw new Error('it became shorter while it was read');
        done += bytesRead;
      }
      return bytes.buffer;
    };
    if (size < TAIL_BYTES) throw new Error('it is too short');
    const tail = new DataView(await slice(size - TAIL_BYTES));
    const footer = await slice(Math.max(0, size - TAIL_BYTES - tail.getUint32(0, true)));
    checkThrift(new DataView(footer), 0);
    const metadata = parquetMetadata(footer, { geoparquet: false });
    parquetSchema(metadata);
    checkRows(metadata, size);
    checkColumns(metadata);
    const headersLeft = Math.ceil(size / LEAST_PAGE);
    return { file: { byteLength: size, slice }, metadata, headersLeft, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A picture takes more than a byte: more rows than bytes are a lie that would fill the memory. */
function checkRows({ row_groups: groups }: FileMetaData, size: number): void {
  let rows = 0;
  for (const { num_rows: count } of groups) rows += wholeNumber(count) ?? Number.POSITIVE_INFINITY;
  if (rows > size) throw new Error('its footer promises more rows than it has bytes');
}

function checkColumns({ row_groups: groups }: FileMetaData): void {
  for (const { columns } of groups)
    for (const { meta_data: column } of columns)
      if (column !== undefined && !Array.isArray(column.path_in_schema))
        throw new Error('a column of it has no name');
}

/**
 * Where a chunk of a column begins and ends.
 *
 * @throws Error if that is not in the file.
 */
export function byteRange(
  {
    data_page_offset: data,
    dictionary_page_offset: dictionary,
    total_compressed_size: length,
  }: ColumnMetaData,
  { byteLength }: AsyncBuffer,
): { readonly start: number; readonly end: number } {
  // Some writers put a 0 where there is no dictionary.
  const start = wholeNumber(dictionary || data);
  const end = (start ?? Number.NaN) + (wholeNumber(length) ?? Number.NaN);
  if (start === undefined || !(end <= byteLength)) throw new Error('a column ends behind the file');
  return { start, end };
}
