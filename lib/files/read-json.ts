import { CascadeError } from '../errors.js';
import { isAbsent } from './open-for-reading.js';
import { readText } from './read-text.js';

/**
 * Reads a JSON file.
 *
 * @param absent what to say if there is none, without a full stop.
 * @throws CascadeError if it is absent, unreadable or not JSON.
 */
export async function readJson(file: string, absent: string): Promise<unknown> {
  try {
    return parseJson(await readText(file), file);
  } catch (error) {
    throw isAbsent(error)
      ? new CascadeError(`${absent}.`, undefined, { cause: (error as Error).cause })
      : error;
  }
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
    if (isAbsent(error)) return undefined;
    throw error;
  }
  return parseJson(text, file);
}

/**
 * The object or list that a JSON text holds.
 *
 * @param file named in the errors.
 * @throws CascadeError if the text is not JSON, or a bare value.
 */
export function parseJson(text: string, file: string): unknown {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new CascadeError(`${file} is not valid JSON; it was damaged or edited by hand.`, undefined, {
      cause: error,
    });
  }
  if (typeof content !== 'object' || content === null)
    throw new CascadeError(`${file} holds no object; it was damaged or edited by hand.`);
  return content;
}
