import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract, Parser, type ReadEntry } from 'tar';
import { checkEntries, RefusedArchive, unpackedLimit } from './archive-entries.js';

/** Per entry a header and what it is filled up with. */
const OVERHEAD = 2;

/**
 * Unpacks a `.tar.gz`. It is read twice: nothing is written before the whole of it was found sound.
 *
 * @throws RefusedArchive for an entry that is not to be unpacked; Error if the archive is damaged.
 */
export async function extractTar(archive: string, target: string, folder: string): Promise<void> {
  const length = await checkTar(archive, folder);
  const stored = createReadStream(archive);
  const unzipped = stored.pipe(createGunzip());
  try {
    await new Promise<void>((resolve, reject) => {
      const unpack = extract({ cwd: target, strict: true });
      unpack.on('error', reject);
      unpack.on('close', () => resolve());
      Readable.from(firstBytes(unzipped, length)).on('error', reject).pipe(unpack);
    });
  } finally {
    stored.destroy();
    unzipped.destroy();
  }
}

/** Parts of a stream up to a length, or a little more. */
async function* firstBytes(stream: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let seen = 0;
  for await (const chunk of stream) {
    yield chunk;
    seen += chunk.length;
    if (seen >= length) return;
  }
}

const KINDS: Readonly<Record<string, 'file' | 'folder'>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
};

/** @returns how many bytes of the unzipped archive count: behind its end there may be any number of zeros. */
async function checkTar(archive: string, folder: string): Promise<number> {
  const { size } = await stat(archive);
  const check = checkEntries(folder, size);
  let failure: unknown;
  const parser = new Parser({
    strict: true,
    onReadEntry(entry: ReadEntry) {
      try {
        const kind = Object.hasOwn(KINDS, entry.type) ? KINDS[entry.type]! : 'other';
        if (failure === undefined) check.add(entry.path, kind, entry.size);
      } catch (error) {
        failure = error;
      }
      entry.resume();
    },
  });
  parser.on('error', (error: unknown) => {
    failure ??= error;
  });
  const ended = new Promise<void>((resolve) => parser.on('end', resolve));
  // The parser keeps all that comes behind the two empty blocks which end an archive.
  let isOver = false;
  parser.on('eof', () => {
    isOver = true;
  });
  let bytes = 0;
  const stored = createReadStream(archive);
  const unzipped = createGunzip();
  stored.once('error', (error) => unzipped.destroy(error));
  try {
    for await (const chunk of stored.pipe(unzipped) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > OVERHEAD * unpackedLimit(size))
        throw new RefusedArchive(`unpacks to more than ${unpackedLimit(size)} bytes`);
      parser.write(chunk);
      if (failure !== undefined) throw failure;
      if (isOver) break;
    }
    parser.end();
    if (failure === undefined) await ended;
    if (failure !== undefined) throw failure;
    return bytes;
  } finally {
    stored.destroy();
    unzipped.destroy();
  }
}
