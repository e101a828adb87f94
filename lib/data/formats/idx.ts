import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { counted } from '../../counted.js';
import { CascadeError, systemReason } from '../../errors.js';
import { readWhole } from '../../files/open-for-reading.js';
import type { ImageSource } from '../image-source.js';

const inflate = promisify(gunzip);

/**
 * Opens a pair of IDX files (LeCun's MNIST format: big-endian magic number, sizes, bytes), plain or `.gz`. They are small and
 * compressed as a whole, so they are held in memory: 47 MB for 60,000 images of 28×28.
 *
 * @throws CascadeError if a file is missing, of another kind or length, or a label is out of range.
 */
export async function openIdx(
  name: string,
  imageFile: string,
  labelFile: string,
  classes: number,
): Promise<ImageSource> {
  const images = await readIdx(imageFile, 3);
  const labels = await readIdx(labelFile, 1);
  const [count, height, width] = images.sizes as [number, number, number];
  if (labels.sizes[0] !== count) {
    throw new CascadeError(
      `${imageFile} has ${counted(count, 'image')} and ${labelFile} ${counted(labels.sizes[0]!, 'label')}; they do not belong together.`,
    );
  }
  const bad = labels.data.findIndex((label) => label >= classes);
  if (bad >= 0) {
    throw new CascadeError(
      `${labelFile} gives image ${bad} the label ${labels.data[bad]}, but the classes are 0 to ${classes - 1}.`,
    );
  }
  const pixels = height * width;
  return {
    name,
    count,
    shape: [1, height, width],
    labels: Uint16Array.from(labels.data),
    async readImages(indices, into) {
      for (let position = 0; position < indices.length; position++) {
        const from = indices[position]! * pixels;
        into.set(images.data.subarray(from, from + pixels), position * pixels);
      }
    },
    async close() {},
  };
}

/** Third byte of the magic number of unsigned bytes. */
const UNSIGNED_BYTE = 8;

async function readIdx(
  file: string,
  dimensions: number,
): Promise<{ readonly sizes: number[]; readonly data: Buffer }> {
  const start = 4 + 4 * dimensions;
  const bytes = await contentOf(file, start);
  if (bytes.length < start || bytes.readUInt32BE(0) !== (UNSIGNED_BYTE << 8) + dimensions) {
    throw new CascadeError(
      `${file} is not an IDX file of ${dimensions === 1 ? 'labels' : 'images'}; check its name.`,
    );
  }
  const sizes = Array.from({ length: dimensions }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  const data = bytes.subarray(start);
  if (data.length !== sizes.reduce((product, size) => product * size, 1)) {
    throw new CascadeError(`${file} is cut off or damaged; download it again.`);
  }
  return { sizes, data };
}

/** Unpacked, a `.gz` may have 256 MB, and more only if it is large itself. */
const LEAST_LIMIT = 2 ** 28;
const LARGEST_RATIO = 50;

async function contentOf(file: string, start: number): Promise<Buffer> {
  const stored = await readWhole(file);
  if (!file.endsWith('.gz')) return stored;
  try {
    const maxOutputLength = start + Math.max(LEAST_LIMIT, LARGEST_RATIO * stored.length);
    return await inflate(stored, { maxOutputLength });
  } catch (error) {
    const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const reason = isTooLong ? 'it unpacks to more than such a file holds' : systemReason(error);
    throw new CascadeError(`${file} cannot be read: ${reason}.`, undefined, { cause: error });
  }
}
