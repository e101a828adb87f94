import { existsSync } from 'node:fs';
import path from 'node:path';
import { usageError } from '../errors.js';
import { MANIFEST_FILE } from './manifest.js';

/**
 * Looks whether a cascade may be written to a folder. What is replaced by force must be a cascade itself, so that a slip of
 * the pen never deletes anything else.
 *
 * @throws CascadeError if something is in the way.
 */
export function checkOut(out: string, force: boolean): void {
  checkReplaceable(out, force, MANIFEST_FILE, 'cascade');
}

/**
 * The same for any kind of folder, told by a file that each of its kind holds.
 *
 * @throws CascadeError if something is in the way.
 */
export function checkReplaceable(out: string, force: boolean, marker: string, kind: string): void {
  if (!existsSync(out)) return;
  if (!existsSync(path.join(out, marker)))
    throw usageError(`${out} is there already and is no ${kind}; choose another --out.`);
  if (!force) throw usageError(`${out} is there already; choose another --out or add --force to replace it.`);
}
