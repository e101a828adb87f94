import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Replaces a file by a new one that proves good; otherwise what was there before is put back.
 *
 * @param {string} file
 * @param {(newFile: string) => void} make writes the new file beside it.
 * @param {() => void} check throws if the new one, which is in place by then, is no good.
 */
export function replacing(file, make, check) {
  const [fresh, former] = [`${file}.new`, `${file}.former`];
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    make(fresh);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
  if (existsSync(file)) renameSync(file, former);
  renameSync(fresh, file);
  try {
    check();
    rmSync(former, { force: true });
  } catch (error) {
    rmSync(file);
    if (existsSync(former)) renameSync(former, file);
    throw error;
  }
}
