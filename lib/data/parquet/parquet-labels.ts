import type { ColumnChunk, ColumnMetaData } from 'hyparquet';
import { counted } from '../../counted.js';
import { CascadeError } from '../../errors.js';
import type { DatasetDescription } from '../dataset-description.js';
import { labelRefusal, readClassLabels } from '../lists/class-labels.js';
import { classNumber } from '../lists/class-number.js';
import { type ClassOrder, orderByName, orderOfNumbers, shown } from '../lists/class-order.js';
import type { ParquetFile } from './parquet-file.js';
import { listPages } from './parquet-pages.js';
import { readValues } from './parquet-values.js';

export type Classes = Pick<DatasetDescription, 'class_ids' | 'class_names'>;

/** The classes of a shard's images. */
export interface ShardLabels {
  readonly labels: Uint16Array;
  /** On a pairing of classes that names did not decide. */
  readonly note: string | undefined;
}

/**
 * Reads the column of labels: numbers from 0, which count the names that the file itself may give its classes, as Hugging Face writes
 * them; or texts, read as those of a list.
 *
 * @throws Error if the column is damaged; CascadeError if an image has no label, or one of no class.
 */
export async function readLabels(
  parquet: ParquetFile,
  name: string,
  column: string,
  classes: Classes,
): Promise<ShardLabels> {
  const values: unknown[] = [];
  for (const { columns, num_rows: rows } of parquet.metadata.row_groups) {
    const chunk = columns.find(({ meta_data: each }) => each?.path_in_schema.join('.') === column)?.meta_data;
    if (chunk === undefined) throw lacksColumn(name, column, 'label_column', columns);
    for (const value of await valuesOf(parquet, chunk, Number(rows))) values.push(value);
  }
  const isText = values.some((value) => typeof value === 'string');
  if (isText) return { labels: textLabels(values, name, classes), note: undefined };
  const count = classes.class_names.length;
  const order = classOrder(parquet, name, column, classes);
  const labels = Uint16Array.from(values, (value, row) => {
    const number = classNumber(value, name, `image ${row}`, count);
    return order?.classes[number] ?? number;
  });
  return { labels, note: order?.note };
}

async function valuesOf(parquet: ParquetFile, chunk: ColumnMetaData, rows: number): Promise<unknown[]> {
  const found = await listPages(parquet, chunk, rows);
  const values: unknown[] = [];
  for (const page of found.pages)
    for (const value of await readValues(parquet, chunk, found, page, true)) values.push(value);
  return values;
}

function textLabels(values: readonly unknown[], name: string, classes: Classes): Uint16Array {
  const texts = values.map((value, row) => {
    if (typeof value === 'string' && value !== '') return value;
    return String(classNumber(value, name, `image ${row}`, classes.class_names.length));
  });
  const found = readClassLabels(texts, classes, { first: 0 });
  if (found.kind === 'read') return Uint16Array.from(found.classes);
  throw labelRefusal(
    found.kind,
    `${name} gives image ${found.row} the label ${texts[found.row]}`,
    classes,
    0,
  );
}

/** How the numbers of a file count the classes, by the names that it gives them; undefined if it gives none. */
function classOrder(
  { metadata }: ParquetFile,
  name: string,
  column: string,
  { class_ids: ids, class_names: names }: Classes,
): ClassOrder | undefined {
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value;
  const given = namesOf(text, column);
  if (given === undefined) return undefined;
  const source = `${name} has classes`;
  if (given.length !== names.length) {
    throw new CascadeError(
      `${source} of ${counted(given.length, 'name')} and the description ${names.length} classes; name each class once in class_names.`,
    );
  }
  const isByIds = ids !== undefined && given.some((each) => ids.includes(each));
  return isByIds
    ? orderByName({ names: given, source }, ids, 'class_ids')
    : orderOfNumbers({ names: given, source }, names);
}

/** The names of a `ClassLabel` in the features of Hugging Face's `datasets`. */
function namesOf(text: string | undefined, column: string): readonly string[] | undefined {
  let found: unknown;
  try {
    found = JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
  for (const key of ['info', 'features', column, 'names'])
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? (found as Readonly<Record<string, unknown>>)[key]
        : undefined;
  return Array.isArray(found) && found.every((each) => typeof each === 'string') ? found : undefined;
}

/** That a file lacks a column, or has another kind of column by that name, and how to say which one is meant. */
export function lacksColumn(
  name: string,
  column: string,
  option: string,
  columns: readonly ColumnChunk[],
): CascadeError {
  const paths = columns.map(({ meta_data: each }) => each?.path_in_schema.join('.') ?? '');
  const inside = paths.filter((each) => each.startsWith(`${column}.`));
  return new CascadeError(
    inside.length === 0
      ? `${name} has no column ${column}; name it in the description as ${option}.`
      : `${name} has lists or groups in the column ${column} (${shown(inside)}), where one value an image is needed; name such a column in the description as ${option}.`,
  );
}
