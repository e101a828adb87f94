import test from 'ava';
import type { ColumnMetaData } from 'hyparquet';
import type { ParquetFile } from '../../../lib/data/parquet/parquet-file.js';
import { listPages } from '../../../lib/data/parquet/parquet-pages.js';

/** The header of an index page without content, in Thrift's compact protocol: kind 1, sizes 0 and 0. */
const EMPTY_PAGE = [0x15, 0x02, 0x15, 0x00, 0x15, 0x00, 0x00];
const PAGES = 100_000;

test('pages of nothing are given up before their headers take longer than the file is worth', async (t) => {
  const bytes = Uint8Array.from(
    { length: PAGES * EMPTY_PAGE.length },
    (_, at) => EMPTY_PAGE[at % EMPTY_PAGE.length]!,
  );
  let reads = 0;
  const file = {
    byteLength: bytes.length,
    slice(start: number, end?: number) {
      reads++;
      return bytes.slice(start, end).buffer;
    },
  };
  const parquet = { file, headersLeft: 500 } as unknown as ParquetFile;
  const column = { data_page_offset: 0n, total_compressed_size: BigInt(bytes.length) } as ColumnMetaData;
  await t.throwsAsync(listPages(parquet, column, 10), { message: 'it has more pages than its bytes can be' });
  t.is(reads, 500);
});
