import { CascadeError } from '../errors.js';
import { readText } from './read-text.js';

/**
 * Reads a JSON file.
 *
 * @param absent what to say if there is none, without a full stop.
 * @throws CascadeError if it is absent, unreadable or not JSON.
 */
export async function readJson(file: string, absent: string): Promise<unknown> {
  const content = await readJsonIfThere(file);
  if (content === undefined) throw new CascadeError(`${absent}.`);
  return content;
}

/**
 * Reads a JSON file; undefined if there is none.
 *
 * @throws CascadeError if it is unreadable, not JSON, or a bare value.
 */
export async function readJsonIfThere(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    const { cause } = error as CascadeError;
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException | undefined)?.code ?? ''))
      return undefined;
    throw error;
  }
  const content = parseJson(text, file);
  if (typeof content !== 'object' || content === null)
    throw new CascadeError(`${file} holds no object; it was damaged or edited by hand.`);
  return content;
}

/**
 * @param file named in the error.
 * @throws CascadeError if the text is not JSON.
 */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CascadeError(`${file} is not valid JSON; it was damaged or edited by hand.`, undefined, {
      cause: error,
    });
  }
}
