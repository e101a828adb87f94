import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CascadeError } from '../../errors.js';
import { createPendingFile } from '../../files/atomic-write.js';
import { wholeNumber } from '../../stats/whole-number.js';
import { unpackedLimit } from '../download/archive-entries.js';
import type { ImageSource } from '../image-source.js';
import { openCifarBinary } from './cifar-binary.js';
import { listMat5, type Mat5Array } from './mat5.js';

const SIDE = 32;
const PIXELS = 3 * SIDE * SIDE;
const CLASSES = 10;
const UNSIGNED_BYTES = 2;
const DOUBLES = 9;
/** The zero. */
const LARGEST_DIGIT = 10;

/**
 * Opens cropped digits of SVHN (`train_32x32.mat` and the like). They are compressed as a whole, so the first time they are unpacked
 * into a file beside it with the ending `.bin`, laid out like CIFAR-10's: 225 MB for the training images, of which none stay in memory.
 *
 * @throws CascadeError if the file cannot be read, is damaged or of another kind, or the `.bin` cannot be written.
 */
export async function openSvhn(name: string, file: string): Promise<ImageSource> {
  const unpacked = file.replace(/\.mat$/, '.bin');
  if (!existsSync(unpacked)) await unpack(file, unpacked);
  return openCifarBinary(name, [unpacked], { labelBytes: 1, labelByte: 0, classes: CLASSES });
}

async function unpack(file: string, target: string): Promise<void> {
  const arrays = await listMat5(file);
  const [images, labels] = ['X', 'y'].map((wanted) => arrays.find((array) => array.name === wanted));
  const count = images?.dimensions[3] ?? 0;
  if (
    images === undefined ||
    labels === undefined ||
    images.type !== UNSIGNED_BYTES ||
    images.dimensions.join() !== [SIDE, SIDE, 3, count].join() ||
    labels.dimensions.reduce((product, size) => product * size, 1) !== count ||
    ![UNSIGNED_BYTES, DOUBLES].includes(labels.type)
  ) {
    throw new CascadeError(
      `${file} does not hold SVHN's cropped digits (X of 32×32×3×N bytes and N labels y); download it again.`,
    );
  }
  const limit = unpackedLimit((await stat(file)).size);
  if (count * PIXELS > limit)
    throw new CascadeError(`${file} unpacks to more than ${limit} bytes; download it again.`);
  const digits = await readDigits(labels, file);
  const pending = await createPendingFile(target);
  try {
    let image = 0;
    for await (const chunk of wholeImages(images.read())) {
      const there = chunk.length / PIXELS;
      const records = Buffer.alloc(there * (1 + PIXELS));
      for (let index = 0; index < there; index++, image++) {
        records[index * (1 + PIXELS)] = digits[image]!;
        const start = index * (1 + PIXELS) + 1;
        transpose(chunk.subarray(index * PIXELS), records.subarray(start, start + PIXELS));
      }
      await pending.write(records);
    }
  } catch (error) {
    await pending.abort();
    throw error;
  }
  await pending.commit();
}

/** The digits, of which the file calls the zero 10. */
async function readDigits(labels: Mat5Array, file: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of labels.read()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const numbers =
    labels.type === DOUBLES ? new Float64Array(Uint8Array.from(bytes).buffer) : Float64Array.from(bytes);
  const bad = numbers.findIndex((number) => (wholeNumber(number) ?? LARGEST_DIGIT + 1) > LARGEST_DIGIT);
  if (bad >= 0) {
    throw new CascadeError(
      `${file} gives image ${bad} the label ${numbers[bad]}, but digits are 1 to 10 there.`,
    );
  }
  return Uint8Array.from(numbers, (number) => number % 10);
}

/** The same bytes, cut between images. */
async function* wholeImages(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    const end = bytes.length - (bytes.length % PIXELS);
    if (end > 0) yield bytes.subarray(0, end);
    rest = bytes.subarray(end);
  }
}

/** From MATLAB's order, column by column, to rows, in each of the three channels. */
function transpose(columns: Uint8Array, rows: Uint8Array): void {
  for (let channel = 0; channel < PIXELS; channel += SIDE * SIDE) {
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++)
        rows[channel + row * SIDE + column] = columns[channel + column * SIDE + row]!;
    }
  }
}
