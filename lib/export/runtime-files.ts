import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The module that a page or program imports, relative to the folder of the runtime. */
const RUNTIME_ENTRY = 'export/early-exit.js';

/**
 * The compiled modules that decide where an image leaves, the very ones that cascade itself runs: the entry and all that it imports, by
 * their paths in the runtime's folder.
 */
export async function runtimeFiles(): Promise<ReadonlyMap<string, string>> {
  const rooms = fileURLToPath(new URL('..', import.meta.url));
  const files = new Map<string, string>();
  const pending = [RUNTIME_ENTRY];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (files.has(name)) continue;
    const text = await readFile(path.join(rooms, name), 'utf8');
    files.set(name, text);
    for (const [, specifier] of text.matchAll(/from '(\.[^']+)'/g)) {
      pending.push(path.posix.join(path.posix.dirname(name), specifier!));
    }
  }
  return files;
}
