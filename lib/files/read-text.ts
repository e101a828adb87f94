import { readWhole } from './open-for-reading.js';

/**
 * The text of a file in UTF-8, or in UTF-16 if its first bytes say so, as some programs of Windows save it; without those bytes.
 *
 * @throws CascadeError if the file cannot be read.
 */
export async function readText(file: string): Promise<string> {
  const bytes = await readWhole(file);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
