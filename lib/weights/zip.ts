import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise } from 'yauzl';
import { damaged } from './damaged.js';

/** Whether bytes begin like a zip archive (APPNOTE.TXT 4.3.7: local file header). */
export function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04'));
}

/**
 * An archive's entries that are stored as they are, as torch.save and Keras store all: looked at in place, not copied.
 *
 * @throws CascadeError if the archive is damaged.
 */
export async function storedEntries(bytes: Buffer, file: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  let total = 0;
  try {
    const archive = await fromBufferPromise(bytes, { lazyEntries: true });
    const stored = async (entry: Entry): Promise<Buffer> => {
      const { fileDataStart: start } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
      return bytes.subarray(start, start + entry.uncompressedSize);
    };
    for await (const entry of archive.eachEntry()) {
      if (entry.compressionMethod !== 0 || entry.isEncrypted()) continue;
      // Entries that share their bytes would be summed up again and again.
      total += entry.uncompressedSize;
      if (total > bytes.length) throw new Error('entries are larger than the archive');
      const content = await stored(entry);
      if (crc32(content) !== entry.crc32) throw new Error(`${entry.fileName} does not match its checksum`);
      entries.set(entry.fileName, content);
    }
  } catch (error) {
    throw damaged(file, error);
  }
  return entries;
}
