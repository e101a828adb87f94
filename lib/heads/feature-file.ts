import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CascadeError } from '../errors.js';
import { parseNpyHeader } from '../files/npy/npy.js';
import { notRegular, READ_AT_ONCE, readFailure } from '../files/open-for-reading.js';
import { decodeHalf } from '../stats/half-precision.js';

/** Features of many images on disk, one row an image; rows are read by position, the whole is never held. */
export interface FeatureFile {
  /** Images. */
  readonly rows: number;
  /** Features of an image. */
  readonly columns: number;
  /** Reads `count` neighbouring rows from `first` on as float32 to `target[offset …]`. */
  readRows(first: number, count: number, target: Float32Array, offset: number): void;
  close(): void;
}

/** Longest header that NumPy writes in format version 1.0. */
const HEADER_BYTES = 65546;

/**
 * Opens a two-dimensional half-precision `.npy` file. Reads are synchronous: a row is a page or two that the system has
 * usually kept in memory, and a worker that fits a head has nothing else to do meanwhile.
 *
 * @throws CascadeError if the file is missing, of another type, or cut off.
 */
export function openFeatureFile(file: string): FeatureFile {
  let descriptor: number;
  try {
    descriptor = openSync(file, READ_AT_ONCE);
  } catch (error) {
    throw readFailure(file, error);
  }
  const found = fstatSync(descriptor);
  if (!found.isFile()) {
    closeSync(descriptor);
    throw notRegular(file, found);
  }
  const head = Buffer.alloc(HEADER_BYTES);
  const headBytes = readSync(descriptor, head, 0, HEADER_BYTES, 0);
  const { type, shape, offset: dataStart, isColumnMajor } = parseNpyHeader(head.subarray(0, headBytes), file);
  const [rows, columns] = shape;
  if (
    type !== '<f2' ||
    isColumnMajor ||
    rows === undefined ||
    columns === undefined ||
    found.size !== dataStart + rows * columns * 2
  ) {
    closeSync(descriptor);
    throw new CascadeError(
      `${file} is not a whole file of half-precision features; delete it and attach again.`,
    );
  }
  let bits = new Uint16Array(0);
  return {
    rows,
    columns,
    readRows(first, count, target, offset) {
      if (bits.length !== count * columns) bits = new Uint16Array(count * columns);
      const bytes = new Uint8Array(bits.buffer);
      readSync(descriptor, bytes, 0, bytes.length, dataStart + first * columns * bits.BYTES_PER_ELEMENT);
      decodeHalf(bits, target, offset);
    },
    close: () => closeSync(descriptor),
  };
}
