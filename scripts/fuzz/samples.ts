import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PACKAGE_ROOT } from '../../lib/files/package-root.js';
import { createRandom } from '../../lib/stats/random.js';
import type { Files } from './reader.js';

/** Small files of other programs, which the tests hold too. */
export async function fixtures(folder: string, names: readonly string[]): Promise<Files> {
  const read = names.map(
    async (name) =>
      [name, await readFile(path.join(PACKAGE_ROOT, 'test', folder, 'fixtures', name))] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

/** Each of them as a sample by itself. */
export async function eachFixture(folder: string, names: readonly string[]): Promise<Files[]> {
  return Promise.all(names.map((name) => fixtures(folder, [name])));
}

/** Bytes of noise, the same each time. */
export function noiseBytes(length: number): Buffer {
  const random = createRandom(length);
  return Buffer.from(Uint8Array.from({ length }, () => 256 * random()));
}

/** An IDX file of unsigned bytes: magic number, sizes, bytes. */
export function idxFile(sizes: readonly number[], data: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + 4 * sizes.length);
  head[2] = 8;
  head[3] = sizes.length;
  for (const [axis, size] of sizes.entries()) head.writeUInt32BE(size, 4 + 4 * axis);
  return Buffer.concat([head, data]);
}
