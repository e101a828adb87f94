import { copyFile, mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { writeFailure } from '../../files/write-failure.js';

/** A picture to label, and where it comes from. */
export interface Picture {
  readonly picture: string;
  readonly file: string;
}

/**
 * Puts pictures into a folder, as links to where they are; as copies where the system makes no links, or so that the folder may go elsewhere.
 *
 * @throws CascadeError if one cannot be written.
 */
export async function linkPictures(
  folder: string,
  pictures: readonly Picture[],
  copies: boolean,
): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(folder, error);
  });
  for (const { picture, file } of pictures) {
    const place = path.join(folder, picture);
    const copy = (): Promise<void> =>
      copyFile(file, place).catch((error: unknown) => {
        throw writeFailure(place, error);
      });
    // An interrupted run may have left one.
    await rm(place, { force: true });
    if (copies) await copy();
    else await symlink(path.resolve(file), place).catch(copy);
  }
}

/** Names of so many pictures: a number each, and the ending of the file that it comes from. */
export function pictureName(index: number, pictures: number, file: string): string {
  const number = String(index + 1).padStart(String(pictures).length, '0');
  const ending = path.extname(file).toLowerCase();
  return /^\.[a-z]{3,4}$/.test(ending) ? `${number}${ending}` : number;
}
