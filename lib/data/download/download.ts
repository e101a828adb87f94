import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CascadeError } from '../../errors.js';
import { networkReason } from '../../files/network-reason.js';
import { type StallGuard, stallGuard } from '../../files/stall-guard.js';
import { isWriteFailure, writeFailure } from '../../files/write-failure.js';
import { wholeNumber } from '../../stats/whole-number.js';
import type { Download } from './download-schema.js';
import { proxyOptions } from './proxy.js';

/** What is known of a file before it is there: the first of these that its source publishes is checked. */
export type Checksums = Pick<Download, 'sha256' | 'sha256_prefix' | 'md5'>;

export interface DownloadOptions extends Checksums {
  /** Called with the bytes that are there and, where the server tells, their final number. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
  readonly signal?: AbortSignal | undefined;
  /** Seconds without a byte after which an attempt ends; a minute when left out. */
  readonly stallSeconds?: number;
}

/** Attempts in a row that bring nothing new before a download gives up. */
const MOST_FRUITLESS = 3;

/**
 * Downloads a file: resumes what an earlier attempt left (`target.part`), retries cut connections, and gives the file its name
 * only when its checksum is right. Node's own `fetch` with a Range header does all of it; a library would add only parallel
 * connections.
 *
 * @throws CascadeError if the server refuses, cannot be reached or sends nothing any more, the checksum differs, or the file cannot be
 * written; then its `cause` is the system's error.
 */
export async function download(url: string, target: string, options: DownloadOptions): Promise<void> {
  const part = `${target}.part`;
  await mkdir(path.dirname(target), { recursive: true }).catch((error: unknown) => {
    throw writeFailure(target, error);
  });
  for (let fruitless = 0; ; ) {
    const before = await sizeOf(part);
    try {
      await fetchRest(url, part, before, options);
      break;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (error instanceof CascadeError) throw error;
      if (isWriteFailure(error)) throw writeFailure(target, error);
      fruitless = (await sizeOf(part)) > before ? 0 : fruitless + 1;
      if (fruitless === MOST_FRUITLESS) {
        throw new CascadeError(
          `${url} cannot be downloaded: ${networkReason(error)}; try again later, or put the file into ${path.dirname(target)} yourself.`,
          undefined,
          { cause: error },
        );
      }
    }
  }
  const difference = await checksumDifference(part, options);
  if (difference !== undefined) {
    await rm(part);
    throw new CascadeError(`${url} ${difference}; it was removed, try again.`);
  }
  await rename(part, target).catch((error: unknown) => {
    throw writeFailure(target, error);
  });
}

/** Whether a file is there and has the checksum that it should have. */
export async function isDownloaded(file: string, sums: Checksums): Promise<boolean> {
  const isKnown = (sums.sha256 ?? sums.sha256_prefix ?? sums.md5) !== undefined;
  return isKnown && (await sizeOf(file)) > 0 && (await checksumDifference(file, sums)) === undefined;
}

/** What is wrong with a file's checksum: "has the MD5 … instead of …"; undefined if nothing is. */
async function checksumDifference(
  file: string,
  { sha256, sha256_prefix: prefix, md5 }: Checksums,
): Promise<string | undefined> {
  const wanted = sha256 ?? prefix ?? md5;
  if (wanted === undefined) return undefined;
  const isMd5 = wanted === md5;
  const hash = createHash(isMd5 ? 'md5' : 'sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  return found.startsWith(wanted)
    ? undefined
    : `has the ${isMd5 ? 'MD5' : 'SHA-256'} ${found} instead of ${wanted}`;
}

async function fetchRest(url: string, part: string, start: number, options: DownloadOptions): Promise<void> {
  const guard = stallGuard(options.signal, options.stallSeconds);
  try {
    await fetchGuarded(url, part, start, options, guard);
  } finally {
    guard.stop();
  }
}

async function fetchGuarded(
  url: string,
  part: string,
  start: number,
  options: DownloadOptions,
  { signal, alive }: StallGuard,
): Promise<void> {
  const headers: Record<string, string> = start > 0 ? { range: `bytes=${start}-` } : {};
  const response = await fetch(url, {
    headers,
    signal,
    ...(await proxyOptions(url, process.env)),
  });
  // The part is already whole: its checksum decides.
  if (response.status === 416) return;
  if (!response.ok)
    throw new CascadeError(`${url} answers ${response.status} ${response.statusText}; check the address.`);
  const isResumed = response.status === 206;
  const length = wholeNumber(response.headers.get('content-length'));
  let received = isResumed ? start : 0;
  const total = length === undefined ? undefined : received + length;
  const counted = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      alive();
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
