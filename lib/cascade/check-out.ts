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
  if (!existsSync(out)) return;
  if (!existsSync(path.join(out, MANIFEST_FILE)))
    throw usageError(`${out} is there already and is no cascade; choose another --out.`);
  if (!force) throw usageError(`${out} is there already; choose another --out or add --force to replace it.`);
}
