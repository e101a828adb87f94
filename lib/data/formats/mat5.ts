import { createReadStream } from 'node:fs';
import { createInflate } from 'node:zlib';
import { CascadeError } from '../../errors.js';
import { openForReading } from '../../files/open-for-reading.js';
import { contentOf, damaged, subElement, TAG_BYTES } from './mat5-element.js';

/** An array in a MATLAB file: what it is, and where its numbers are. */
export interface Mat5Array {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** How the numbers are stored: 2 unsigned bytes, 9 doubles; the others in table 1-1 of "MAT-File Format". */
  readonly type: number;
  /** Their bytes, the first index running fastest, from the first each time. */
  read(): AsyncIterable<Buffer>;
}

const HEADER_BYTES = 128;
const COMPRESSED = 15;
const MATRIX = 14;
/** Bytes of a number of each type that arrays of numbers are stored in. */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 2,
  5: 4,
  6: 4,
  7: 4,
  9: 8,
  12: 8,
  13: 8,
};
/** The classes of arrays of numbers, double to unsigned 64 bits; others hold arrays, texts or sparse numbers. */
const [FIRST_NUMERIC, LAST_NUMERIC] = [6, 15];
/** Arrays and other elements in a file; each takes a read of its own, and a file of nothing but empty ones holds millions. */
const MOST_ELEMENTS = 1000;
/** Enough for the flags, the dimensions and the name of an array. */
const ARRAY_HEADER_BYTES = 512;

/**
 * Lists the numeric arrays of a MATLAB 5 file (`.mat`, little-endian, plain or compressed) without reading their numbers. Source: The
 * MathWorks, "MAT-File Format".
 *
 * @throws CascadeError if it cannot be read, is of another kind, or is damaged.
 */
export async function listMat5(file: string): Promise<readonly Mat5Array[]> {
  const handle = await openForReading(file);
  try {
    const { size } = await handle.stat();
    const header = Buffer.alloc(HEADER_BYTES);
    await handle.read(header, 0, HEADER_BYTES, 0);
    if (size < HEADER_BYTES || header.toString('latin1', 126, 128) !== 'IM')
      throw new CascadeError(`${file} is not a MATLAB 5 file; check its name.`);
    const arrays: Mat5Array[] = [];
    const tag = Buffer.alloc(TAG_BYTES);
    let elements = 0;
    for (let next = HEADER_BYTES; next < size; ) {
      if (++elements > MOST_ELEMENTS)
        throw new CascadeError(
          `${file} has more than ${MOST_ELEMENTS} elements, where data sets have a few arrays; download it again.`,
        );
      const start = next;
      await handle.read(tag, 0, TAG_BYTES, start);
      const type = tag.readUInt32LE(0);
      const end = start + TAG_BYTES + tag.readUInt32LE(4);
      if (end > size) throw damaged(file);
      if (type === COMPRESSED || type === MATRIX) {
        if (end === start + TAG_BYTES) throw damaged(file);
        const array = await describeArray(file, () => elementBytes(file, type, start, end));
        if (array !== undefined) arrays.push(array);
      }
      next = end;
    }
    return arrays;
  } finally {
    await handle.close();
  }
}

/** The bytes of an array's element, its tag included; a compressed element holds a whole other one. */
async function* elementBytes(file: string, type: number, start: number, end: number): AsyncGenerator<Buffer> {
  const isCompressed = type === COMPRESSED;
  const stored = createReadStream(file, { start: isCompressed ? start + TAG_BYTES : start, end: end - 1 });
  try {
    if (isCompressed) {
      const inflate = createInflate();
      stored.once('error', (error) => inflate.destroy(error));
      yield* stored.pipe(inflate);
    } else yield* stored;
  } catch (error) {
    throw damaged(file, error);
  } finally {
    stored.destroy();
  }
}

/** @returns undefined for an array of something else than numbers. */
async function describeArray(
  file: string,
  bytes: () => AsyncGenerator<Buffer>,
): Promise<Mat5Array | undefined> {
  let head = Buffer.alloc(0);
  for await (const chunk of bytes()) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= ARRAY_HEADER_BYTES) break;
  }
  const flags = subElement(head, TAG_BYTES, file);
  const arrayClass = contentOf(head, flags, file)[0] ?? 0;
  if (arrayClass < FIRST_NUMERIC || arrayClass > LAST_NUMERIC) return undefined;
  const sizes = subElement(head, flags.next, file);
  const name = subElement(head, sizes.next, file);
  const numbers = subElement(head, name.next, file);
  const sizeBytes = contentOf(head, sizes, file);
  const dimensions = Array.from({ length: Math.floor(sizeBytes.length / 4) }, (_, axis) =>
    sizeBytes.readInt32LE(4 * axis),
  );
  const count = dimensions.reduce((product, size) => product * size, TYPE_BYTES[numbers.type] ?? Number.NaN);
  if (dimensions.some((size) => size < 0) || count !== numbers.length) throw damaged(file);
  return {
    name: contentOf(head, name, file).toString('latin1'),
    dimensions,
    type: numbers.type,
    async *read() {
      let skipped = 0;
      let left = numbers.length;
      if (left === 0) return;
      for await (const chunk of bytes()) {
        const from = Math.min(chunk.length, numbers.start - skipped);
        skipped += from;
        const part = chunk.subarray(from, from + left);
        left -= part.length;
        if (part.length > 0) yield part;
        if (left === 0) return;
      }
      throw damaged(file);
    },
  };
}
