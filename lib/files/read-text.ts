import { CascadeError } from '../errors.js';
import { readWhole } from './open-for-reading.js';

/**
 * The text of a file in UTF-8, or in UTF-16 if its first bytes say so, as some programs of Windows save it; without those bytes.
 *
 * @throws CascadeError if the file cannot be read, or is written in something else.
 */
export async function readText(file: string): Promise<string> {
  const bytes = await readWhole(file);
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch (error) {
    throw new CascadeError(`${file} is not text in UTF-8; save it in that encoding.`, undefined, {
      cause: error,
    });
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
