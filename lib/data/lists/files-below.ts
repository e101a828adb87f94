import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readFailure } from '../../files/open-for-reading.js';

/**
 * Paths in a folder of all files in it and below, in no order. Links to folders are not followed.
 *
 * @throws CascadeError if it cannot be read.
 */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  } catch (error) {
    throw readFailure(folder, error);
  }
}
