import { createReadStream } from 'node:fs';
import { createInflate } from 'node:zlib';
import { CascadeError } from '../errors.js';
import { openForReading } from '../files/open-for-reading.js';

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
const TAG_BYTES = 8;
const COMPRESSED = 15;
const MATRIX = 14;
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
    if (header.toString('latin1', 126, 128) !== 'IM')
      throw new CascadeError(`${file} is not a MATLAB 5 file; check its name.`);
    const arrays: Mat5Array[] = [];
    const tag = Buffer.alloc(TAG_BYTES);
    for (let next = HEADER_BYTES; next < size; ) {
      const start = next;
      await handle.read(tag, 0, TAG_BYTES, start);
      const type = tag.readUInt32LE(0);
      const end = start + TAG_BYTES + tag.readUInt32LE(4);
      if (end > size) throw damaged(file);
      if (type === COMPRESSED || type === MATRIX)
        arrays.push(await describeArray(file, () => elementBytes(file, type, start, end)));
      next = end;
    }
    return arrays;
  } finally {
    await handle.close();
  }
}

function damaged(file: string, cause?: unknown): CascadeError {
  return new CascadeError(`${file} is cut off or damaged; download it again.`, undefined, { cause });
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

async function describeArray(file: string, bytes: () => AsyncGenerator<Buffer>): Promise<Mat5Array> {
  let head = Buffer.alloc(0);
  for await (const chunk of bytes()) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= ARRAY_HEADER_BYTES) break;
  }
  if (head.length < 2 * TAG_BYTES) throw damaged(file);
  const flags = subElement(head, TAG_BYTES);
  const dimensions = subElement(head, flags.next);
  const name = subElement(head, dimensions.next);
  const numbers = subElement(head, name.next);
  return {
    name: head.toString('latin1', name.start, name.start + name.length),
    dimensions: Array.from({ length: dimensions.length / 4 }, (_, axis) =>
      head.readInt32LE(dimensions.start + 4 * axis),
    ),
    type: numbers.type,
    async *read() {
      let skipped = 0;
      let left = numbers.length;
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

interface SubElement {
  readonly type: number;
  readonly length: number;
  /** Where its data is, and where the next element begins. */
  readonly start: number;
  readonly next: number;
}

/** An element inside an array's; one of up to four bytes has them in its tag. */
function subElement(head: Buffer, position: number): SubElement {
  if (position + TAG_BYTES > head.length)
    return { type: 0, length: 0, start: head.length, next: head.length };
  const type = head.readUInt16LE(position);
  const small = head.readUInt16LE(position + 2);
  if (small > 0) return { type, length: small, start: position + 4, next: position + TAG_BYTES };
  const length = head.readUInt32LE(position + 4);
  const start = position + TAG_BYTES;
  return { type, length, start, next: start + Math.ceil(length / 8) * 8 };
}
