import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { openPromise } from 'yauzl';
import { CascadeError, systemReason } from '../errors.js';

/**
 * Unpacks a `.tar.gz` or a `.zip` into a folder: whole or not at all, regular files and folders only, nothing outside of it.
 *
 * @throws CascadeError if the archive is damaged or holds an entry that would lead out of the folder.
 */
export async function extractArchive(archive: string, folder: string): Promise<void> {
  const temporary = path.join(folder, `.${path.basename(archive)}.part`);
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  let refused: string | undefined;
  try {
    refused = await (archive.endsWith('.zip')
      ? extractZip(archive, temporary)
      : extractTar(archive, temporary));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw new CascadeError(
      `${archive} cannot be unpacked: ${systemReason(error)}; download it again.`,
      undefined,
      { cause: error },
    );
  }
  if (refused !== undefined) {
    await rm(temporary, { recursive: true, force: true });
    throw new CascadeError(
      `${archive} holds ${refused}, which would lead out of ${folder}; nothing was unpacked.`,
    );
  }
  for (const name of await readdir(temporary)) {
    await rm(path.join(folder, name), { recursive: true, force: true });
    await rename(path.join(temporary, name), path.join(folder, name));
  }
  await rm(temporary, { recursive: true });
}

/** @returns the first entry that was refused. */
async function extractTar(archive: string, folder: string): Promise<string | undefined> {
  let refused: string | undefined;
  await extract({
    file: archive,
    cwd: folder,
    strict: true,
    filter(name, entry) {
      const isPlain = 'type' in entry && ['File', 'OldFile', 'Directory'].includes(entry.type);
      const isInside = !path.isAbsolute(name) && !name.split(/[\\/]/).includes('..');
      if (!isPlain || !isInside) refused ??= name;
      return isPlain && isInside;
    },
  });
  return refused;
}

/** The file type in the upper half of a Unix zip's external attributes: 10 is a symbolic link. */
const LINK = 0o12;

/** @returns the first entry that was refused. */
async function extractZip(archive: string, folder: string): Promise<string | undefined> {
  // Names that lead out of the folder are an error to yauzl itself.
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const { fileName: name } = entry;
    if (entry.externalFileAttributes >>> 28 === LINK) return name;
    const target = path.join(folder, name);
    if (name.endsWith('/')) {
      await mkdir(target, { recursive: true });
      continue;
    }
    await mkdir(path.dirname(target), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
  }
  return undefined;
}
