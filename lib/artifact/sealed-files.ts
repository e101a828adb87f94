import { existsSync } from 'node:fs';
import path from 'node:path';
import { readWhole } from '../files/open-for-reading.js';
import { checkSeal, sha256Of, sha256OfFile } from '../files/sha256.js';
import { MANIFEST_FILE, type Manifest, type SealedFile } from './manifest.js';

/**
 * Reads a file of a cascade folder and holds it against its SHA-256 in `cascade.json`.
 *
 * @throws CascadeError if it cannot be read or has other bytes.
 */
export async function readSealed(folder: string, { sha256 }: Manifest, name: SealedFile): Promise<Buffer> {
  const file = path.join(folder, name);
  const bytes = await readWhole(file);
  checkSeal(file, sha256Of(bytes), {
    sha256: sha256?.[name],
    namedBy: MANIFEST_FILE,
    remedy: 'attach again',
  });
  return bytes;
}

/** The same for a file that not every cascade has and that is read elsewhere. @throws CascadeError as `readSealed` does. */
export async function checkSealed(folder: string, manifest: Manifest, name: SealedFile): Promise<void> {
  if (manifest.sha256?.[name] !== undefined) await readSealed(folder, manifest, name);
}

/** What `cascade.json` is to say of a file that not every cascade has. */
export async function sealOf(folder: string, name: SealedFile): Promise<Partial<Record<SealedFile, string>>> {
  const file = path.join(folder, name);
  return existsSync(file) ? { [name]: await sha256OfFile(file) } : {};
}
