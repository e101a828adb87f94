import { readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError } from '../errors.js';
import { isAbsent, readFailure } from './open-for-reading.js';

/**
 * Makes sure that what is about to be written or removed lies in a folder indeed: a symbolic link on the way may lead elsewhere.
 *
 * @param folder may be reached through links itself: that is its user's own choice.
 * @param place in it, which need not be there yet.
 * @throws CascadeError if a link leads out of the folder.
 */
export async function checkInside(folder: string, place: string): Promise<void> {
  const root = await realPath(folder);
  const found = await realPath(place);
  if (!isInside(root, found)) {
    throw new CascadeError(
      `${place} leads out of ${folder} by a symbolic link, and nothing outside is changed; put a folder in its place.`,
    );
  }
}

/** Whether a path is a folder itself or below it; both without links. */
export function isInside(folder: string, place: string): boolean {
  const way = path.relative(folder, place);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** Where a path really leads, as far as it is there. */
async function realPath(place: string): Promise<string> {
  const whole = path.resolve(place);
  try {
    return await realpath(whole);
  } catch (error) {
    const parent = path.dirname(whole);
    if (!isAbsent(error) || parent === whole) throw readFailure(place, error);
    // A link to what is not there would be followed by whoever makes it.
    const link = await readlink(whole).catch(() => undefined);
    if (link !== undefined) return realPath(path.resolve(parent, link));
    return path.join(await realPath(parent), path.basename(whole));
  }
}
