import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { CascadeError } from '../../errors.js';
import { decodeHalf } from '../../stats/half-precision.js';
import { wholeNumber } from '../../stats/whole-number.js';
import { createPendingFile } from '../atomic-write.js';
import { openForReading, readFailure } from '../open-for-reading.js';
import { checkSeal, type Seal } from '../sha256.js';
import { rowMajor } from './row-major.js';

/** Element types that cascade writes, by NumPy's names for them. */
export type NpyType = '<f4' | '<f2' | '<u2' | '|u1';

const BYTES: Readonly<Record<NpyType, number>> = { '<f4': 4, '<f2': 2, '<u2': 2, '|u1': 1 };

type NpyData = Float32Array | Uint16Array | Uint8Array;

/** What stands at the head of a `.npy` file. */
export interface NpyHeader {
  /** NumPy's type string, e.g. `<f4`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** Bytes before the first element. */
  readonly offset: number;
  /** The first axis runs fastest, as in Fortran and where a transposed array was saved. */
  readonly isColumnMajor: boolean;
}

/** The head of a `.npy` file, format version 1.0 (numpy.lib.format), C order. */
export function npyHeader(type: NpyType, shape: readonly number[]): Uint8Array {
  const size = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${size}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  return Buffer.concat([
    Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, length & 0xff, length >> 8]),
    Buffer.from(`${text.padEnd(length - 1)}\n`),
  ]);
}

/**
 * @param file named in the errors.
 * @throws CascadeError if the bytes are no `.npy` file of a plain array.
 */
export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const refuse = (reason: string): CascadeError =>
    new CascadeError(`${file} ${reason}; save it from Python with numpy.save.`);
  if (view.length < 12 || view.toString('latin1', 1, 6) !== 'NUMPY' || view[0] !== 0x93)
    throw refuse('is not a NumPy .npy file');
  if (view[6]! < 1 || view[6]! > 3) throw refuse('is of a version of the format that is not known');
  const wide = view[6]! >= 2;
  const start = wide ? 12 : 10;
  const offset = start + (wide ? view.readUInt32LE(8) : view.readUInt16LE(8));
  if (offset > view.length) throw refuse('is cut off inside its header');
  const fields = headerFields(view.toString('latin1', start, offset));
  const type = /^["'](.*)["']$/.exec(fields?.get('descr') ?? '')?.[1];
  const sizes = /^\((.*)\)$/.exec(fields?.get('shape') ?? '')?.[1];
  const order = fields?.get('fortran_order');
  if (type === undefined || sizes === undefined || !['True', 'False'].includes(order ?? ''))
    throw refuse('has a header without type and shape of a plain array');
  const shape = sizes
    .split(',')
    .map((size) => size.trim())
    .filter((size, axis, all) => size !== '' || axis < all.length - 1)
    .map(wholeNumber);
  if (!shape.every((size) => size !== undefined)) throw refuse('has a shape that is none');
  return { type, shape, offset, isColumnMajor: order === 'True' };
}

/** A field of the header and its value, as NumPy writes the dictionary. */
const FIELD = /["'](descr|fortran_order|shape)["']:\s*(["'][^"']*["']|True|False|\([\d, ]*\))/g;

/** The header's fields; undefined if there is anything else in it, or one of them twice. */
function headerFields(header: string): ReadonlyMap<string, string> | undefined {
  const found = [...header.matchAll(FIELD)].map(([, name, value]) => [name!, value!] as const);
  const isPlain = /^\{[\s,]*\}\s*$/.test(header.replace(FIELD, ''));
  const fields = new Map(found);
  return isPlain && fields.size === found.length ? fields : undefined;
}

/** A whole array read from a `.npy` file, all numbers as float32. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A `.npy` file whose rows are read on demand: it may be larger than memory, unless its first axis runs fastest. */
export interface NpyReader {
  readonly shape: readonly number[];
  /** Some elements of the first axis, all numbers as float32. */
  readRows(first: number, count: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Enough for every header that NumPy writes for a plain array. */
const LONGEST_HEADER = 2 ** 16;

/**
 * Opens a `.npy` file of any common numeric type, converting to float32 (exact for integers below 2^24).
 *
 * @param seal what its bytes must be: they are looked at as they are read, and judged with the last row, provided that all rows are
 * read once in their order.
 * @throws CascadeError if it is missing, of another type, or its length is not what its header says; when read, if it is damaged.
 */
export async function openNpy(file: string, seal?: Seal): Promise<NpyReader> {
  const handle = await openForReading(file);
  try {
    const { size } = await readable(file, () => handle.stat());
    const head = await readBytes(file, handle, 0, Math.min(size, LONGEST_HEADER));
    const { type, shape, offset, isColumnMajor } = parseNpyHeader(head, file);
    const decode = decoderOf(type);
    if (decode === undefined) {
      throw new CascadeError(
        `${file} holds numbers of the type ${type}; convert it to float32 or to integers.`,
      );
    }
    const elementBytes = Number(type.slice(2));
    const rowBytes = shape.slice(1).reduce((product, length) => product * length, elementBytes);
    const rows = shape[0] ?? 1;
    const expected = rows * rowBytes;
    if (size - offset !== expected) {
      throw new CascadeError(
        `${file} holds ${size - offset} bytes of data where its header promises ${expected}; write it again.`,
      );
    }
    const hash =
      seal?.sha256 === undefined ? undefined : createHash('sha256').update(head.subarray(0, offset));
    let hashed = 0;
    const readStored = async (first: number, count: number): Promise<Float32Array> => {
      const bytes = await readBytes(file, handle, offset + first * rowBytes, count * rowBytes);
      if (hash !== undefined && first === hashed && hashed < rows) {
        hash.update(bytes);
        hashed += count;
        if (hashed === rows) checkSeal(file, hash.digest('hex'), seal!);
      }
      return decode(bytes.buffer);
    };
    let turned: Promise<Float32Array> | undefined;
    const readTurned = async (first: number, count: number): Promise<Float32Array> => {
      turned ??= readStored(0, rows).then((values) => rowMajor(values, shape));
      const rowLength = rowBytes / elementBytes;
      return (await turned).slice(first * rowLength, (first + count) * rowLength);
    };
    return {
      shape,
      readRows: isColumnMajor && shape.length > 1 ? readTurned : readStored,
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Reads a whole `.npy` file. @throws CascadeError as `openNpy` does. */
export async function readNpy(file: string, seal?: Seal): Promise<NpyArray> {
  const reader = await openNpy(file, seal);
  try {
    return { shape: reader.shape, data: await reader.readRows(0, reader.shape[0] ?? 1) };
  } finally {
    await reader.close();
  }
}

async function readable<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    throw readFailure(file, error);
  }
}

/** At most so many bytes are asked of the system at once; it refuses 2 GiB and more. */
const MOST_BYTES = 2 ** 30;

async function readBytes(
  file: string,
  handle: FileHandle,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const part = bytes.subarray(done, done + MOST_BYTES);
    const { bytesRead } = await readable(file, () => handle.read(part, 0, part.length, position + done));
    if (bytesRead === 0) throw new CascadeError(`${file} became shorter while it was read.`);
    done += bytesRead;
  }
  return bytes;
}

const DECODERS: ReadonlyMap<string, (body: ArrayBuffer) => Float32Array> = new Map(
  Object.entries({
    '<f4': (body: ArrayBuffer) => new Float32Array(body),
    '<f8': (body: ArrayBuffer) => Float32Array.from(new Float64Array(body)),
    '<f2': (body: ArrayBuffer) => {
      const bits = new Uint16Array(body);
      const data = new Float32Array(bits.length);
      decodeHalf(bits, data);
      return data;
    },
    '|u1': (body: ArrayBuffer) => Float32Array.from(new Uint8Array(body)),
    '|i1': (body: ArrayBuffer) => Float32Array.from(new Int8Array(body)),
    '|b1': (body: ArrayBuffer) => Float32Array.from(new Uint8Array(body)),
    '<u2': (body: ArrayBuffer) => Float32Array.from(new Uint16Array(body)),
    '<i2': (body: ArrayBuffer) => Float32Array.from(new Int16Array(body)),
    '<u4': (body: ArrayBuffer) => Float32Array.from(new Uint32Array(body)),
    '<i4': (body: ArrayBuffer) => Float32Array.from(new Int32Array(body)),
    '<u8': (body: ArrayBuffer) => Float32Array.from(new BigUint64Array(body), Number),
    '<i8': (body: ArrayBuffer) => Float32Array.from(new BigInt64Array(body), Number),
  }),
);

/** Also a type in the other order of bytes, as old workstations have it. */
function decoderOf(type: string): ((body: ArrayBuffer) => Float32Array) | undefined {
  const little = type.replace(/^>/, '<');
  const decode = DECODERS.get(little);
  if (decode === undefined || little === type) return decode;
  const size = Number(type.slice(2));
  return (body) => {
    const bytes = Buffer.from(body);
    if (size === 2) bytes.swap16();
    else if (size === 4) bytes.swap32();
    else bytes.swap64();
    return decode(body);
  };
}

/** A `.npy` file that grows by rows and appears whole, at `commit`, or not at all. */
export interface NpyWriter {
  append(rows: NpyData): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

/** @param shape of the whole array, known in advance. */
export async function createNpy(file: string, type: NpyType, shape: readonly number[]): Promise<NpyWriter> {
  const pending = await createPendingFile(file);
  await pending.write(npyHeader(type, shape));
  const expected = shape.reduce((product, size) => product * size, BYTES[type]);
  let written = 0;
  return {
    async append(rows) {
      await pending.write(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
      written += rows.byteLength;
    },
    async commit() {
      if (written !== expected) {
        await pending.abort();
        throw new CascadeError(
          `${file} was given ${written} bytes of data where its header promises ${expected}.`,
        );
      }
      await pending.commit();
    },
    abort: () => pending.abort(),
  };
}

/** Writes an array whole or not at all. */
export async function writeNpy(
  file: string,
  type: NpyType,
  shape: readonly number[],
  data: NpyData,
): Promise<void> {
  const writer = await createNpy(file, type, shape);
  await writer.append(data);
  await writer.commit();
}
