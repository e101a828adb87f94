import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { writeFailure } from '../write-failure.js';
import { writeFully } from '../write-fully.js';
import { npyHeader } from './npy.js';

/** Neither a link is followed nor a pipe waited for: the folder may come from anywhere. */
const IN_PLACE = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const ANEW = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | IN_PLACE;
const GOING_ON = constants.O_RDWR | IN_PLACE;

/** Element types of matrices that grow. */
export type GrowingType = '<f4' | '<f2';

/** Bytes of an element. */
export function bytesOf(type: GrowingType): number {
  return type === '<f4' ? Float32Array.BYTES_PER_ELEMENT : Uint16Array.BYTES_PER_ELEMENT;
}

/** A `.npy` matrix that is written row by row under its own name; its owner marks when it is whole. */
export interface GrowingNpy {
  /** @param rows numbers, or the bits of those of half precision. */
  append(rows: Float32Array | Uint16Array): Promise<void>;
  /** Brings everything that was appended to the disk. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a matrix to go on behind its first rows; whatever stands behind them is cut off.
 *
 * @param shape of the whole matrix, known in advance.
 * @param rows that are kept.
 * @throws CascadeError if it cannot be written (no space, no permission), naming the file.
 */
export async function openGrowingNpy(
  file: string,
  type: GrowingType,
  shape: readonly [rows: number, columns: number],
  rows: number,
): Promise<GrowingNpy> {
  const attempt = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw writeFailure(file, error);
    }
  };
  const header = npyHeader(type, shape);
  const handle = await attempt(async () => {
    await mkdir(path.dirname(file), { recursive: true });
    return open(file, rows === 0 ? ANEW : GOING_ON);
  });
  let position = 0;
  const write = (bytes: Uint8Array): Promise<void> =>
    attempt(async () => {
      await writeFully(handle, bytes, position);
      position += bytes.length;
    });
  await write(header);
  position += rows * shape[1] * bytesOf(type);
  await attempt(() => handle.truncate(position));
  return {
    append: (values) => write(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
    flush: () => attempt(() => handle.sync()),
    close: () => attempt(() => handle.close()),
  };
}
