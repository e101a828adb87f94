import path from 'node:path';

import { CascadeError } from '../../errors.js';
import { readText } from '../../files/read-text.js';
import { readCsvList } from './csv-list.js';
import { isImageFile, NAMED_IMAGE } from './image-names.js';
import { readJsonList } from './json-list.js';
import type { ListColumns, ListedLabel } from './listed-label.js';

/**
 * Reads which class each image is of: from JSON an object of labels by file, or a list of objects; from CSV two named columns; from
 * other text a file and a label a line, or labels alone.
 *
 * @throws CascadeError if it cannot be read, is of no such layout, or an image has no label.
 */
export async function readLabelList(file: string, columns: ListColumns): Promise<readonly ListedLabel[]> {
  const text = await readText(file);
  const ending = path.extname(file).toLowerCase();
  let list: readonly ListedLabel[];
  if (ending === '.json') list = readJsonList(text, file);
  else if (ending === '.csv' || hasTabbedHeader(text, columns)) list = await readCsvList(text, file, columns);
  else list = readTextList(text);
  if (list.length === 0) throw new CascadeError(`${file} lists no image.`);
  const bare = list.findIndex(({ label }) => label === '');
  if (bare >= 0)
    throw new CascadeError(
      `${list[bare]!.file ?? `image ${bare}`} has no label in ${file}; give it one, or take it out.`,
    );
  return list;
}

function hasTabbedHeader(text: string, { image, label }: ListColumns): boolean {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').split('\t').map((cell) => cell.trim());
  return header.includes(image) && header.includes(label);
}

/**
 * With tabs the file and its label are the first two fields; otherwise the label is what stands behind an image's ending, or else the
 * last word, since names may have spaces.
 */
function readTextList(text: string): readonly ListedLabel[] {
  return text.split(/\r\n|[\r\n]/).flatMap((raw): ListedLabel | [] => {
    const line = raw.trim();
    if (line === '' || isComment(line)) return [];
    const [first, second] = line.includes('\t') ? line.split(/\t+/) : wordsOf(line);
    if (second === undefined) {
      const only = unquoted(first!);
      return isImageFile(only) ? { file: only, label: '' } : { label: only };
    }
    return { file: unquoted(first!), label: unquoted(second) };
  });
}

/** A file may be called `#1.png`. */
function isComment(line: string): boolean {
  return /^#(\s|#|$)/.test(line) || (line.startsWith('#') && !/\.\w+["']?\s+\S+$/.test(line));
}

function wordsOf(line: string): readonly [string, string?] {
  const quoted = /^(["'])(.+)\1\s+(\S.*)$/.exec(line);
  if (quoted !== null) return [quoted[2]!, quoted[3]!];
  const named = NAMED_IMAGE.exec(line);
  if (named !== null) return [named[1]!, named[2]!];
  const words = /^(.*\S)\s+(\S+)$/.exec(line);
  return words === null ? [line] : [words[1]!, words[2]!];
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1$/.exec(text.trim())?.[2] ?? text.trim();
}
