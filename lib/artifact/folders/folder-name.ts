import path from 'node:path';
import { isPlainName } from '../../files/plain-name.js';

/** What a cascade is called, by its folder; undefined where that gives no plain name. */
export function folderName(folder: string): string | undefined {
  const name = path.basename(path.resolve(folder)).replace(/\.cascade$/, '');
  return isPlainName(name) ? name : undefined;
}
