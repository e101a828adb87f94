import path from 'node:path';
import { CascadeError } from '../../errors.js';
import { isWriteFailure } from '../../files/write-failure.js';
import { type DownloadOptions, download } from './download.js';

/** The addresses of a file in the order to try: `CASCADE_MIRROR`, one base address or several with spaces between, then its own. */
export function addressesOf(url: string, environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  const mirrors = (environment['CASCADE_MIRROR'] ?? '').split(/\s+/).filter((each) => each !== '');
  const file = path.basename(new URL(url).pathname);
  return [...mirrors.map((base) => `${base.replace(/\/+$/, '')}/${file}`), url];
}

/**
 * Downloads a file from the first address that has it whole.
 *
 * @param onFailure told of every address but the last that fails.
 * @throws CascadeError if the last one fails, too, or the file cannot be written.
 */
export async function downloadFromAny(
  addresses: readonly string[],
  target: string,
  options: DownloadOptions,
  onFailure: (error: CascadeError) => void,
): Promise<void> {
  for (const [index, address] of addresses.entries()) {
    try {
      return await download(address, target, options);
    } catch (error) {
      const isElsewhere = error instanceof CascadeError && !isWriteFailure(error.cause);
      if (!isElsewhere || index === addresses.length - 1) throw error;
      onFailure(error);
    }
  }
}
