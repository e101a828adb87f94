import path from 'node:path';

const ENDING = '\\.(?:png|jpe?g|webp|gif|tiff?|avif|bmp|ppm|pgm|pnm)';

/** Endings of the files that are taken from a folder. */
const IMAGE_FILE = new RegExp(`${ENDING}$`, 'i');

/** A line of a list: the name of an image, which may have spaces, and what is said of it, behind spaces, a comma, a semicolon or a bar. */
export const NAMED_IMAGE = new RegExp(`^(.*${ENDING})(?:\\s+|\\s*[,;|]\\s*)([^\\s,;|].*)$`, 'i');

/** The same for people. */
export const IMAGE_ENDINGS = '.png, .jpg, .webp, .gif, .tif, .avif, .bmp, .ppm, .pgm';

/** What systems and programs put beside files: macOS's copies of their attributes, how folders look, Jupyter's copies, thumbnails. */
const OF_THE_SYSTEM =
  /^(\._.*|\.DS_Store|(eh)?Thumbs\.db|desktop\.ini|__MACOSX|\.ipynb_checkpoints|@eaDir)$/i;

/** Whether a name is that of a file or folder that a system keeps for itself, at any depth. */
export function isOfTheSystem(name: string): boolean {
  return name.split(/[\\/]/).some((part) => OF_THE_SYSTEM.test(part));
}

/** Whether a file, by its name, is a picture that is read. */
export function isImageFile(name: string): boolean {
  return IMAGE_FILE.test(name) && !isOfTheSystem(name);
}

/** Endings that the note on files that are not read names. */
const MOST_ENDINGS = 4;

/** That some files of a folder are not read, by their endings, the most frequent first; undefined if all of them are. */
export function unreadNote(folder: string, files: Iterable<string>): string | undefined {
  const counts = new Map<string, number>();
  for (const file of files) {
    if (IMAGE_FILE.test(file) || isOfTheSystem(file)) continue;
    const ending = path.extname(file).toLowerCase();
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  if (counts.size === 0) return undefined;
  const sorted = [...counts].sort(([a, first], [b, second]) => second - first || (a < b ? 1 : -1));
  const named = sorted
    .slice(0, MOST_ENDINGS)
    .map(([ending, count]) => `${count} ${ending || 'without ending'}`);
  const rest = sorted.slice(MOST_ENDINGS).reduce((sum, [, count]) => sum + count, 0);
  const all = [...named, ...(rest > 0 ? [`${rest} of other endings`] : [])];
  return `Files in ${folder} that are not read: ${all.join(', ')}.`;
}
