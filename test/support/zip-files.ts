import { writeZip } from '../../scripts/fuzz/formats/zip.js';

/** A zip archive of texts stored as they are (APPNOTE.TXT 4.3). */
export function storedZip(files: Readonly<Record<string, string>>): Buffer {
  return writeZip(Object.entries(files).map(([name, text]) => ({ name, data: Buffer.from(text) })));
}
