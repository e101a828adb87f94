import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { extract } from 'tar';
import { CascadeError, systemReason } from '../errors.js';

/**
 * Unpacks a `.tar.gz` into a folder: whole or not at all, regular files and folders only, nothing outside of it.
 *
 * @throws CascadeError if the archive is damaged or holds an entry that would lead out of the folder.
 */
export async function extractArchive(archive: string, folder: string): Promise<void> {
  const temporary = path.join(folder, `.${path.basename(archive)}.part`);
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  let refused: string | undefined;
  try {
    await extract({
      file: archive,
      cwd: temporary,
      strict: true,
      filter(name, entry) {
        const isPlain = 'type' in entry && ['File', 'OldFile', 'Directory'].includes(entry.type);
        const isInside = !path.isAbsolute(name) && !name.split(/[\\/]/).includes('..');
        if (!isPlain || !isInside) refused ??= name;
        return isPlain && isInside;
      },
    });
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw new CascadeError(
      `${archive} cannot be unpacked: ${systemReason(error)}; download it again.`,
      undefined,
      {
        cause: error,
      },
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
