import type { ColumnMetaData } from 'hyparquet';
import { CascadeError } from '../../errors.js';
import { damageReason } from '../damage-reason.js';
import type { ImageSet } from '../image-set.js';
import { joinLabels } from '../lists/join-labels.js';
import { openParquet, type ParquetFile } from './parquet-file.js';
import { type Classes, lacksColumn, readLabels } from './parquet-labels.js';
import { type ColumnPages, listPages, type Page } from './parquet-pages.js';
import { readValues } from './parquet-values.js';

export interface ParquetColumns {
  /** Holds encoded images: bytes, or a group with a field `bytes`, as Hugging Face writes it. */
  readonly image: string;
  /** Holds the numbers of the classes, from 0, or their names. */
  readonly label: string;
}

/** A row group of one of the files. */
interface Rows {
  readonly parquet: ParquetFile;
  readonly name: string;
  readonly column: ColumnMetaData;
  readonly count: number;
  /** Number of its first image among all, and in its file. */
  readonly first: number;
  readonly firstOfFile: number;
  /** Known once an image of it has been read. */
  pages?: Promise<ColumnPages>;
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
  classes: Classes,
): Promise<ImageSet> {
  const groups: Rows[] = [];
  const shards: Uint16Array[] = [];
  const opened: ParquetFile[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((parquet) => parquet.close()));
  };
  let note: string | undefined;
  try {
    let count = 0;
    for (const file of files) {
      const parquet = await readable(file, () => openParquet(file));
      opened.push(parquet);
      for (const group of imageGroups(parquet, file, columns.image, count)) groups.push(group);
      const found = await readable(file, () => readLabels(parquet, file, columns.label, classes));
      shards.push(found.labels);
      count += found.labels.length;
      note ??= found.note;
    }
  } catch (error) {
    await close();
    throw error;
  }
  const pageOf = pageReader();
  return {
    name,
    notes: note === undefined ? [] : [note],
    labels: joinLabels(shards),
    async imageOf(index) {
      const group = groups.findLast(({ first, count }) => first <= index && count > 0)!;
      const row = index - group.first;
      const content = await readable(group.name, async () => {
        group.pages ??= listPages(group.parquet, group.column, group.count);
        const { pages } = await group.pages;
        const page = pages.findLast(({ firstRow }) => firstRow <= row)!;
        return (await pageOf(group, page))[row - page.firstRow];
      });
      const image = `image ${index - group.firstOfFile} of ${group.name}`;
      if (!(content instanceof Uint8Array))
        throw new CascadeError(`${image} holds no bytes; write the shard again.`);
      return { name: image, content };
    },
    close,
  };
}

/** Reads pages, and keeps those that were asked for last. */
function pageReader(): (group: Rows, page: Page) => Promise<readonly unknown[]> {
  const kept = new Map<Page, Promise<readonly unknown[]>>();
  return async (group, page) => {
    const pages = await group.pages!;
    const values = kept.get(page) ?? readValues(group.parquet, group.column, pages, page, false);
    // Put at the end, so that the one that was not asked for the longest is the first.
    kept.delete(page);
    kept.set(page, values);
    if (kept.size > KEPT_PAGES) kept.delete(kept.keys().next().value!);
    return values;
  };
}

function imageGroups(parquet: ParquetFile, name: string, column: string, firstOfFile: number): Rows[] {
  let first = firstOfFile;
  return parquet.metadata.row_groups.map(({ columns, num_rows: rows }) => {
    const found = columns.find(({ meta_data: each }) =>
      [column, `${column}.bytes`].includes(each?.path_in_schema.join('.') ?? ''),
    )?.meta_data;
    if (found === undefined) throw lacksColumn(name, column, 'image_column', columns);
    const group = { parquet, name, column: found, count: Number(rows), first, firstOfFile };
    first += group.count;
    return group;
  });
}

/** @throws CascadeError naming the file, whatever goes wrong in it. */
async function readable<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CascadeError) throw error;
    throw new CascadeError(
      `${file} cannot be read as Parquet: ${damageReason(error)}; check it, or download it again.`,
      undefined,
      { cause: error },
    );
  }
}
