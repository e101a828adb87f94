import { CascadeError, systemReason } from '../errors.js';
import type { ImageSet } from './image-set.js';
import {
  type ColumnChunk,
  listPages,
  type PageLocation,
  type ParquetFile,
  readPage,
} from './parquet-pages.js';

export interface ParquetColumns {
  /** Holds encoded images: bytes, or a group with a field `bytes`, as Hugging Face writes it. */
  readonly image: string;
  /** Holds the numbers of the classes, from 0. */
  readonly label: string;
}

/** A row group of one of the files. */
interface Rows extends ColumnChunk {
  readonly parquet: ParquetFile;
  readonly name: string;
  /** Number of its first image among all, and in its file. */
  readonly first: number;
  readonly firstOfFile: number;
  /** Known once an image of it has been read. */
  pages?: Promise<PageLocation[]>;
}

/** Pages of some megabytes that are kept: images are often asked for in their order. */
const KEPT_PAGES = 8;

/**
 * Opens Parquet shards as one set of images. In memory are their footers, the labels and a few pages; an image that is asked for
 * costs the reading of its page, about a megabyte.
 *
 * @throws CascadeError if a file cannot be read or is damaged, lacks a column, or has a label out of range.
 */
export async function openParquetImages(
  name: string,
  files: readonly string[],
  columns: ParquetColumns,
  classes: number,
): Promise<ImageSet> {
  const groups: Rows[] = [];
  const labels: number[] = [];
  for (const file of files) {
    const parquet = await readable(file, () => openParquet(file));
    const firstOfFile = labels.length;
    groups.push(...imageGroups(parquet, file, columns.image, firstOfFile));
    labels.push(...(await readable(file, () => readLabels(parquet, file, columns.label, classes))));
  }
  const kept = new Map<string, Promise<readonly unknown[]>>();
  const pageOf = (group: Rows, pages: PageLocation[], page: number): Promise<readonly unknown[]> => {
    const key = `${group.first}/${page}`;
    const values = kept.get(key) ?? readPage(group.parquet, group, pages, page);
    // Put at the end, so that the one that was not asked for the longest is the first.
    kept.delete(key);
    kept.set(key, values);
    if (kept.size > KEPT_PAGES) kept.delete(kept.keys().next().value!);
    return values;
  };
  return {
    name,
    labels: Uint16Array.from(labels),
    async imageOf(index) {
      const group = groups.findLast(({ first }) => first <= index)!;
      const row = index - group.first;
      const content = await readable(group.name, async () => {
        group.pages ??= listPages(group.parquet, group);
        const pages = await group.pages;
        const page = pages.findLastIndex(({ first_row_index: first }) => Number(first) <= row);
        return (await pageOf(group, pages, page))[row - Number(pages[page]!.first_row_index)];
      });
      const image = `image ${index - group.firstOfFile} of ${group.name}`;
      if (!(content instanceof Uint8Array))
        throw new CascadeError(`${image} holds no bytes; write the shard again.`);
      return { name: image, content };
    },
  };
}

async function openParquet(name: string): Promise<ParquetFile> {
  const { asyncBufferFromFile, parquetMetadataAsync } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const file = await asyncBufferFromFile(name);
  return { file, metadata: await parquetMetadataAsync(file), compressors };
}

function imageGroups(parquet: ParquetFile, name: string, column: string, firstOfFile: number): Rows[] {
  let first = firstOfFile;
  return parquet.metadata.row_groups.map((rowGroup, group) => {
    const found = rowGroup.columns.find(({ meta_data: each }) =>
      [column, `${column}.bytes`].includes(each?.path_in_schema.join('.') ?? ''),
    )?.meta_data;
    if (found === undefined) throw lacks(name, column, 'image_column');
    const rows = { parquet, name, group, column: found, first, firstOfFile };
    first += Number(rowGroup.num_rows);
    return rows;
  });
}

async function readLabels(
  { file, metadata, compressors }: ParquetFile,
  name: string,
  column: string,
  classes: number,
): Promise<number[]> {
  const { parquetReadObjects } = await import('hyparquet');
  if (!metadata.schema.some((element) => element.name === column)) throw lacks(name, column, 'label_column');
  const rows = await parquetReadObjects({ file, metadata, compressors, columns: [column] });
  return rows.map((row, image) => {
    const label = Number(row[column]);
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new CascadeError(
        `${name} gives image ${image} the label ${String(row[column])}, but the classes are 0 to ${classes - 1}.`,
      );
    }
    return label;
  });
}

function lacks(name: string, column: string, option: string): CascadeError {
  return new CascadeError(`${name} has no column ${column}; name it in the description as ${option}.`);
}

/** @throws CascadeError naming the file, whatever goes wrong in it. */
async function readable<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CascadeError) throw error;
    throw new CascadeError(
      `${file} cannot be read as Parquet: ${systemReason(error)}; check it, or download it again.`,
      undefined,
      { cause: error },
    );
  }
}
