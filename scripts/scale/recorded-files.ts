import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readLayoutIfThere } from '../../lib/files/json-layout.js';
import { PROGRESS_LAYOUT } from '../../lib/records/records-meta.js';

/** Images that unfinished records hold so far, as they say themselves; 0 where none are there. */
export async function recordedRows(folder: string): Promise<number> {
  return (await readLayoutIfThere(path.join(folder, 'progress.json'), PROGRESS_LAYOUT))?.rows ?? 0;
}

/** Images whose outputs unfinished records hold, be they written down as progress or not; 0 where none are there. */
export async function writtenRows(folder: string, classes: number): Promise<number> {
  const { size } = await stat(path.join(folder, 'logits-full.npy')).catch(() => ({ size: 0 }));
  return Math.floor(size / (classes * Float32Array.BYTES_PER_ELEMENT));
}

/** @returns a hash of all arrays of finished records, names in order. */
export async function hashRecords(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).sort())
    if (name.endsWith('.npy')) hash.update(await readFile(path.join(folder, name)));
  return hash.digest('hex');
}
