import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { CascadeError, systemReason } from '../errors.js';
import { readJson } from '../files/read-json.js';

/** What a list says of one image; without a file it is the next in the order of their names. */
export interface ListedLabel {
  readonly file?: string;
  readonly label: string;
}

export interface ListColumns {
  readonly image: string;
  readonly label: string;
}

/**
 * Reads which class each image is of: from JSON an object of labels by file, or a list of objects; from CSV two named columns; from
 * other text a file and a label a line, or labels alone.
 *
 * @throws CascadeError if it cannot be read or is of no such layout.
 */
export async function readLabelList(file: string, columns: ListColumns): Promise<readonly ListedLabel[]> {
  const list = await readers[kindOf(file)](file, columns);
  if (list.length === 0) throw new CascadeError(`${file} lists no image.`);
  return list;
}

function kindOf(file: string): keyof typeof readers {
  const ending = path.extname(file).toLowerCase();
  return ending === '.json' || ending === '.csv' ? ending : 'text';
}

const readers = { '.json': readJsonList, '.csv': readCsvList, text: readTextList };

const labelSchema = z.union([z.string(), z.int()]).transform(String);

const jsonSchema = z.union([
  z
    .record(z.string(), labelSchema)
    .transform((labels) => Object.entries(labels).map(([file, label]) => ({ file, label }))),
  z.array(z.object({ file: z.string(), label: labelSchema })),
]);

async function readJsonList(file: string): Promise<readonly ListedLabel[]> {
  const { data } = jsonSchema.safeParse(await readJson(file, `${file} is not there`));
  if (data === undefined) {
    throw new CascadeError(
      `${file} is no list of labels; write {"image.jpg": 3, …} or [{"file": "image.jpg", "label": 3}, …].`,
    );
  }
  return data;
}

async function readCsvList(file: string, { image, label }: ListColumns): Promise<readonly ListedLabel[]> {
  const text = await readText(file);
  const { parse } = await import('csv-parse/sync');
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { bom: true, columns: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new CascadeError(`${file} is not a CSV file; write a header and a row an image.`, undefined, {
      cause: error,
    });
  }
  return rows.map((row) => {
    if (row[image] === undefined || row[label] === undefined) {
      throw new CascadeError(
        `${file} has no columns ${image} and ${label}; name its columns in the description as image_column and label_column.`,
      );
    }
    return { file: row[image], label: row[label] };
  });
}

async function readTextList(file: string): Promise<readonly ListedLabel[]> {
  const lines = (await readText(file)).split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [first, second] = line.trim().split(line.includes('\t') ? /\t+/ : /\s+/);
    return second === undefined ? { label: first! } : { file: first!, label: second };
  });
}

/** @throws CascadeError if the file cannot be read. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CascadeError(`${file} cannot be read: ${systemReason(error)}.`, undefined, { cause: error });
  }
}
