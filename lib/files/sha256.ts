import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CascadeError } from '../errors.js';
import { openForReading, readFailure } from './open-for-reading.js';

/** A SHA-256 as it is written down: 64 hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256');

/** Bytes read at once. */
const CHUNK = 2 ** 20;

/** The SHA-256 of bytes that are in memory. */
export function sha256Of(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The SHA-256 of a file, which may be larger than memory. @throws CascadeError if it cannot be read. */
export async function sha256OfFile(file: string): Promise<string> {
  const handle = await openForReading(file);
  const hash = createHash('sha256');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytesRead));
    }
  } catch (error) {
    throw readFailure(file, error);
  } finally {
    await handle.close();
  }
}

/** What a file's bytes must be. */
export interface Seal {
  /** Undefined where an older program wrote none down: then nothing is checked. */
  readonly sha256: string | undefined;
  /** The file that says so, by its name. */
  readonly namedBy: string;
  /** What its user does about a file of other bytes, without a full stop. */
  readonly remedy: string;
}

/** @throws CascadeError if a file's SHA-256 is not the one that it should have. */
export function checkSeal(file: string, found: string, { sha256, namedBy, remedy }: Seal): void {
  if (sha256 !== undefined && sha256 !== found) {
    throw new CascadeError(
      `${file} is damaged (its SHA-256 is not the one that ${namedBy} names); ${remedy}.`,
    );
  }
}
