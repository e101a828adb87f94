import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { CascadeError, systemReason } from '../errors.js';

export const downloadSchema = z.object({ url: z.url(), md5: z.string().length(32), unpack: z.boolean() });

export interface DownloadOptions {
  /** Expected MD5 of the whole file, hexadecimal: what the sources of the common data sets publish. */
  readonly md5: string;
  /** Called with the bytes that are there and, where the server tells, their final number. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Attempts in a row that bring nothing new before a download gives up. */
const MOST_FRUITLESS = 3;

/**
 * Downloads a file: resumes what an earlier attempt left (`target.part`), retries cut connections, and gives the file its name
 * only when its checksum is right. Node's own `fetch` with a Range header does all of it; a library would add only parallel
 * connections.
 *
 * @throws CascadeError if the server refuses or cannot be reached, or the checksum differs.
 */
export async function download(url: string, target: string, options: DownloadOptions): Promise<void> {
  const part = `${target}.part`;
  await mkdir(path.dirname(target), { recursive: true });
  for (let fruitless = 0; ; ) {
    const before = await sizeOf(part);
    try {
      await fetchRest(url, part, before, options);
      break;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (error instanceof CascadeError) throw error;
      fruitless = (await sizeOf(part)) > before ? 0 : fruitless + 1;
      if (fruitless === MOST_FRUITLESS) {
        throw new CascadeError(
          `${url} cannot be downloaded: ${reasonOf(error)}; try again later, or put the file into ${path.dirname(target)} yourself.`,
          undefined,
          { cause: error },
        );
      }
    }
  }
  const found = await md5Of(part);
  if (found !== options.md5) {
    await rm(part);
    throw new CascadeError(
      `${url} has the MD5 ${found} instead of ${options.md5}; it was removed, try again.`,
    );
  }
  await rename(part, target);
}

async function fetchRest(url: string, part: string, start: number, options: DownloadOptions): Promise<void> {
  const headers: Record<string, string> = start > 0 ? { range: `bytes=${start}-` } : {};
  const response = await fetch(url, { headers, signal: options.signal ?? null });
  // The part is already whole: its checksum decides.
  if (response.status === 416) return;
  if (!response.ok)
    throw new CascadeError(`${url} answers ${response.status} ${response.statusText}; check the address.`);
  const isResumed = response.status === 206;
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  let received = isResumed ? start : 0;
  const total = Number.isNaN(length) ? undefined : received + length;
  const counted = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      received += chunk.length;
      options.onProgress?.(received, total);
      yield chunk;
    }
  };
  const body = Readable.fromWeb(response.body! as Parameters<typeof Readable.fromWeb>[0]);
  await pipeline(body, counted, createWriteStream(part, { flags: isResumed ? 'a' : 'w' }));
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function md5Of(file: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** `fetch` hides the system's reason one level down. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return systemReason(cause);
}
