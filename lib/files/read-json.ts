import { CascadeError } from '../errors.js';
import { isAbsent, readRegularFile } from './open-for-reading.js';

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
  let bytes: Buffer;
  try {
    bytes = await readRegularFile(file);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  return parseJson(bytes, file);
}

/**
 * The object or list that a JSON file holds.
 *
 * @param file named in the errors.
 * @throws CascadeError if the bytes are not JSON, or a bare value.
 */
export function parseJson(bytes: Buffer, file: string): unknown {
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new CascadeError(`${file} is not valid JSON; it was damaged or edited by hand.`, undefined, {
      cause: error,
    });
  }
  if (typeof content !== 'object' || content === null)
    throw new CascadeError(`${file} holds no object; it was damaged or edited by hand.`);
  return content;
}
