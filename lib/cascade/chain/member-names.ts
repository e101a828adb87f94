import path from 'node:path';
import { isPlainName } from '../../files/plain-name.js';

/** What the networks of a chain are called by: their files without folder and ending, with a number where two are called alike. */
export function memberNames(files: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (const file of files) {
    const { name } = path.parse(path.resolve(file));
    const stem = isPlainName(name) ? name : 'network';
    let free = stem;
    for (let number = 2; names.includes(free); number++) free = `${stem}-${number}`;
    names.push(free);
  }
  return names;
}
