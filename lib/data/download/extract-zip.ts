import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { checkEntries } from './archive-entries.js';

/** Kinds of files in the upper half of a Unix zip's external attributes; 0 where they do not say. */
const [UNSAID, REGULAR, FOLDER] = [0, 0o10, 0o4];

/**
 * Unpacks a `.zip`. Its list is looked at as a whole before anything is written.
 *
 * @throws RefusedArchive for an entry that is not to be unpacked; Error if the archive is damaged.
 */
export async function extractZip(archive: string, target: string, folder: string): Promise<void> {
  const { size } = await stat(archive);
  const check = checkEntries(folder, size);
  // Names that lead out of the folder are an error to yauzl itself.
  await eachEntry(archive, async (entry) => check.add(entry.fileName, kindOf(entry), entry.uncompressedSize));
  await eachEntry(archive, async (entry, zip) => {
    const file = path.join(target, entry.fileName);
    if (kindOf(entry) === 'folder') return void (await mkdir(file, { recursive: true }));
    await mkdir(path.dirname(file), { recursive: true });
    return writeEntry(zip, entry, file);
  });
}

async function eachEntry(
  archive: string,
  work: (entry: Entry, zip: ZipFile) => Promise<void>,
): Promise<void> {
  const zip = await openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) await work(entry, zip);
  } finally {
    zip.close();
  }
}

function kindOf({ fileName, externalFileAttributes }: Entry): 'file' | 'folder' | 'other' {
  const kind = externalFileAttributes >>> 28;
  if (![UNSAID, REGULAR, FOLDER].includes(kind)) return 'other';
  return fileName.endsWith('/') ? 'folder' : 'file';
}

function writeEntry(zip: ZipFile, entry: Entry, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Not the promise of the stream: it fails at once where the bytes are damaged, and needs a listener from the start.
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      stream.on('error', reject);
      let sum = 0;
      const summed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        for await (const chunk of chunks) {
          sum = crc32(chunk, sum);
          yield chunk;
        }
      };
      return pipeline(stream, summed, createWriteStream(file)).then(
        () =>
          sum === entry.crc32 ? resolve() : reject(new Error(`the checksum of ${entry.fileName} is wrong`)),
        reject,
      );
    });
  });
}
