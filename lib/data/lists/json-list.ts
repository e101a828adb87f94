import { CascadeError } from '../../errors.js';
import { parseJson } from '../../files/read-json.js';
import { wholeNumber } from '../../stats/whole-number.js';
import type { ListedLabel } from './listed-label.js';

/**
 * A list of labels in JSON: an object of labels by file, or a list of objects with `file` and `label`.
 *
 * @throws CascadeError if it is neither, names a file twice, or a label is no text and no whole number.
 */
export function readJsonList(text: string, file: string): readonly ListedLabel[] {
  const content = parseJson(text, file);
  return entriesOf(content, text, file).map(({ file: name, label }) => ({
    file: name,
    label: labelText(label, name, file),
  }));
}

interface Entry {
  readonly file: string;
  readonly label: unknown;
}

function entriesOf(content: unknown, text: string, file: string): readonly Entry[] {
  if (Array.isArray(content)) {
    return content.map((entry: unknown) => {
      if (typeof entry !== 'object' || entry === null || !Object.hasOwn(entry, 'file')) throw noList(file);
      const { file: name, label } = entry as { readonly file: unknown; readonly label?: unknown };
      if (typeof name !== 'string') throw noList(file);
      return { file: name, label };
    });
  }
  if (typeof content !== 'object' || content === null) throw noList(file);
  const entries = Object.entries(content).map(([name, label]) => ({ file: name, label: label as unknown }));
  refuseRepeatedKeys(text, entries.length, file);
  return entries;
}

/** `JSON.parse` keeps the last of several values of a key; in an object of plain values every text before a colon is a key. */
function refuseRepeatedKeys(text: string, different: number, file: string): void {
  const keys = [...text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)].filter(([, , colon]) => colon !== undefined);
  if (keys.length === different) return;
  const seen = new Set<string>();
  for (const [, key] of keys) {
    if (seen.has(key!)) throw new CascadeError(`${file} lists ${key} more than once; leave one of them.`);
    seen.add(key!);
  }
}

function labelText(label: unknown, name: string, file: string): string {
  if (typeof label === 'string') return label.trim();
  if (label === null || label === undefined) return '';
  const number = wholeNumber(label);
  if (number !== undefined) return String(number);
  if (typeof label === 'object') throw noList(file);
  throw new CascadeError(`${file} gives ${name} the label ${String(label)}, which is not a whole number.`);
}

function noList(file: string): CascadeError {
  return new CascadeError(
    `${file} is no list of labels; write {"image.jpg": 3, …} or [{"file": "image.jpg", "label": 3}, …].`,
  );
}
