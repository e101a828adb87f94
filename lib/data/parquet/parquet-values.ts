import type { ColumnMetaData, PageHeader, SchemaTree } from 'hyparquet';
import { readPage } from 'hyparquet/src/column.js';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getSchemaPath } from 'hyparquet/src/schema.js';
import { decompressPage } from './parquet-compression.js';
import type { ParquetFile } from './parquet-file.js';
import type { ColumnPages, Page } from './parquet-pages.js';

/** What the values of a column are, for hyparquet's decoder. */
type ColumnDecoder = Parameters<typeof readPage>[2];

/** @throws Error if a column is in no schema, or has not one value a row. */
function decoderOf({ metadata }: ParquetFile, column: ColumnMetaData, isText: boolean): ColumnDecoder {
  const schemaPath: SchemaTree[] = getSchemaPath(metadata.schema, column.path_in_schema);
  if (getMaxRepetitionLevel(schemaPath) > 0) throw new Error('a column of it holds lists');
  const { element, children } = schemaPath.at(-1)!;
  if (children.length > 0) throw new Error('a column of it holds no values');
  return {
    ...column,
    pathInSchema: column.path_in_schema,
    element,
    schemaPath,
    utf8: isText,
    parsers: DEFAULT_PARSERS,
    // Pages come to the decoder decompressed.
    codec: 'UNCOMPRESSED',
  } as ColumnDecoder;
}

/**
 * The values of one page of a column; it alone, and the column's dictionary, is read. Missing ones are null or undefined.
 *
 * @param isText whether bytes that are not said to be anything are text.
 * @throws Error if it is damaged.
 */
export async function readValues(
  parquet: ParquetFile,
  column: ColumnMetaData,
  { dictionary }: ColumnPages,
  page: Page,
  isText: boolean,
): Promise<readonly unknown[]> {
  const decoder = decoderOf(parquet, column, isText);
  const words = dictionary === undefined ? undefined : await wordsOf(parquet, column, dictionary, decoder);
  const bytes = await bytesOf(parquet, column, page);
  checkPage(bytes, page.header, decoder);
  const { data = [] } = decode(bytes, page.header, decoder, words);
  const values: unknown[] = Array.from(data as ArrayLike<unknown>);
  if (values.length !== page.rows) throw new Error('a page of it has another number of values than promised');
  // The field of a group that may be absent comes as a list of one.
  return values.map((value) => {
    let inner = value;
    while (Array.isArray(inner)) inner = inner[0];
    return inner;
  });
}

async function wordsOf(
  parquet: ParquetFile,
  column: ColumnMetaData,
  dictionary: Page,
  decoder: ColumnDecoder,
): Promise<ReturnType<typeof convert>> {
  const bytes = await bytesOf(parquet, column, dictionary);
  const { data = [] } = decode(bytes, dictionary.header, decoder, undefined);
  return convert(data, decoder);
}

function decode(
  bytes: Uint8Array,
  header: PageHeader,
  decoder: ColumnDecoder,
  words: ReturnType<typeof convert> | undefined,
): ReturnType<typeof readPage> {
  const { data_page_header_v2: second } = header;
  const plain = {
    ...header,
    compressed_page_size: bytes.length,
    uncompressed_page_size: bytes.length,
    ...(second && { data_page_header_v2: { ...second, is_compressed: false } }),
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readPage({ view, offset: 0 }, plain, decoder, words, undefined, 0);
}

/** A page as it is without compression: in the second version of pages its levels never are compressed. */
async function bytesOf({ file }: ParquetFile, { codec }: ColumnMetaData, page: Page): Promise<Uint8Array> {
  const stored = new Uint8Array(await file.slice(page.start, page.end));
  const { data_page_header_v2: second, uncompressed_page_size: size } = page.header;
  if (second === undefined || page.header.type !== 'DATA_PAGE_V2') return decompressPage(stored, size, codec);
  const levels = levelBytes(second);
  if (!(levels <= Math.min(stored.length, size))) throw new Error('the levels of a page of it are too long');
  const values =
    second.is_compressed === false
      ? stored.subarray(levels)
      : await decompressPage(stored.subarray(levels), size - levels, codec);
  return Buffer.concat([stored.subarray(0, levels), values]);
}

type SecondHeader = NonNullable<PageHeader['data_page_header_v2']>;

function levelBytes({
  definition_levels_byte_length: definition,
  repetition_levels_byte_length: repetition,
}: SecondHeader): number {
  // No repetition, as `decoderOf` has made sure.
  if (!(definition >= 0) || repetition !== 0) throw new Error('the levels of a page of it are damaged');
  return definition;
}

/** @throws Error if a run in a page is longer than the page, or what else would keep the decoder busy without end. */
function checkPage(bytes: Uint8Array, header: PageHeader, { type, schemaPath }: ColumnDecoder): void {
  if (header.type === 'DICTIONARY_PAGE') return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { data_page_header: first, data_page_header_v2: second } = header;
  const isSecond = header.type === 'DATA_PAGE_V2';
  const { num_values: values, encoding } = isSecond ? second! : first!;
  const level = getMaxDefinitionLevel(schemaPath);
  let at = 0;
  let count = values;
  if (isSecond) {
    at = levelBytes(second!);
    if (level > 0) checkRuns(view, 0, at, bitWidth(level), values);
    count -= second!.num_nulls;
  } else if (level > 0) {
    at = 4 + view.getUint32(0, true);
    checkRuns(view, 4, at, bitWidth(level), values);
    const levels = new Array<number>(values);
    readRleBitPackedHybrid({ view, offset: 4 }, bitWidth(level), levels, at - 4);
    count = levels.filter((each) => each === level).length;
  }
  if (encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY') {
    const width = count === 0 && at === view.byteLength ? 0 : view.getUint8(at);
    if (width > 0) checkRuns(view, at + 1, view.byteLength, width, count);
  } else if (encoding === 'RLE') {
    if (type !== 'BOOLEAN') throw new Error('its values have no encoding that is read');
    checkRuns(view, at + 4, view.byteLength, 1, count);
  } else if (encoding === 'DELTA_BINARY_PACKED' || encoding === 'DELTA_LENGTH_BYTE_ARRAY') {
    checkDelta(view, at);
  } else if (encoding !== 'PLAIN')
    throw new Error(`its values are encoded as ${encoding ?? 'nothing known'}, which is not read`);
}

function bitWidth(largest: number): number {
  return 32 - Math.clz32(largest);
}

/** Runs of the hybrid of run lengths and packed bits (Apache Parquet, "Data encodings"). */
function checkRuns(view: DataView, start: number, end: number, width: number, values: number): void {
  if (width > 32 || end > view.byteLength) throw new Error('a page of it is cut off');
  let at = start;
  for (let seen = 0; seen < values; ) {
    let [run, digit] = [0, 0];
    for (let byte = 0x80; byte >= 0x80; digit++) {
      if (digit === 5 || at >= end) throw new Error('a page of it is cut off');
      byte = view.getUint8(at++);
      run += (byte & 0x7f) * 2 ** (7 * digit);
    }
    const isPacked = run % 2 === 1;
    const length = Math.floor(run / 2) * (isPacked ? 8 : 1);
    // Bits are packed by eights, and some writers fill up their last run.
    if (length > values - seen + (isPacked ? 512 : 0)) throw new Error('a page of it is damaged');
    at += isPacked ? Math.floor((length * width) / 8) : Math.ceil(width / 8);
    seen += length;
  }
}

/** Values in a block and blocks' parts of the delta encoding, at the start of the values. */
function checkDelta(view: DataView, start: number): void {
  let at = start;
  const sizes = [0, 1].map(() => {
    let size = 0;
    for (let digit = 0; digit < 3; digit++) {
      const byte = view.getUint8(at++);
      size += (byte & 0x7f) * 2 ** (7 * digit);
      if (byte < 0x80) return size;
    }
    throw new Error('a page of it is damaged');
  });
  const [block, parts] = sizes as [number, number];
  if (parts === 0 || block === 0 || block % parts !== 0) throw new Error('a page of it is damaged');
}
