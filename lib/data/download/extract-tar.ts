import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
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
  await checkTar(archive, folder);
  await extract({ file: archive, cwd: target, strict: true });
}

const KINDS: Readonly<Record<string, 'file' | 'folder'>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
};

async function checkTar(archive: string, folder: string): Promise<void> {
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
    }
    parser.end();
    if (failure === undefined) await ended;
    if (failure !== undefined) throw failure;
  } finally {
    stored.destroy();
    unzipped.destroy();
  }
}
