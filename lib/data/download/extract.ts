import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError } from '../../errors.js';
import { openForReading } from '../../files/open-for-reading.js';
import { isWriteFailure, writeFailure } from '../../files/write-failure.js';
import { damageReason } from '../damage-reason.js';
import { RefusedArchive, refusal } from './archive-entries.js';
import { extractTar } from './extract-tar.js';
import { extractZip } from './extract-zip.js';

/**
 * Unpacks a `.tar.gz` or a `.zip` into a folder: whole or not at all, regular files and folders only, nothing outside of it, and no
 * more than `unpackedLimit`.
 *
 * @throws CascadeError if the archive is damaged, holds an entry that is not unpacked, or the folder cannot be written.
 */
export async function extractArchive(archive: string, folder: string): Promise<void> {
  await (await openForReading(archive)).close();
  const temporary = path.join(folder, `.${path.basename(archive)}.part`);
  // What is still being written when another entry fails may come after the first look.
  const remove = (): Promise<void> => rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  try {
    await remove();
    await mkdir(temporary, { recursive: true });
    await (archive.endsWith('.zip') ? extractZip : extractTar)(archive, temporary, folder);
    for (const name of await readdir(temporary)) {
      await rm(path.join(folder, name), { recursive: true, force: true });
      await rename(path.join(temporary, name), path.join(folder, name));
    }
  } catch (error) {
    if (error instanceof RefusedArchive) throw refusal(archive, error);
    if (isWriteFailure(error)) throw writeFailure(error.path ?? temporary, error);
    throw new CascadeError(
      `${archive} cannot be unpacked: ${damageReason(error)}; download it again.`,
      undefined,
      { cause: error },
    );
  } finally {
    // What cannot be written often cannot be removed either.
    await remove().catch(() => {});
  }
}
