import type { FileHandle } from 'node:fs/promises';
import { CascadeError } from '../../errors.js';
import { openForReading } from '../../files/open-for-reading.js';
import type { ImageSource } from '../image-source.js';
import { joinLabels } from '../lists/join-labels.js';

/** How the CIFAR binaries lay out an image: label bytes, then 3072 bytes channel by channel. */
export interface CifarLayout {
  /** Bytes before the pixels: 1 in CIFAR-10, 2 in CIFAR-100. */
  readonly labelBytes: number;
  /** Which of them is the class: 0, in CIFAR-100 1 for the fine classes. */
  readonly labelByte: number;
  readonly classes: number;
}

const SHAPE = [3, 32, 32] as const;
const PIXELS = 3072;

/**
 * Opens files of the official binary version of CIFAR-10 or CIFAR-100 as one source, in the order given. Images are read by
 * position when they are asked for.
 *
 * @throws CascadeError if a file is missing, is not a whole number of records, or has a label out of range.
 */
export async function openCifarBinary(
  name: string,
  files: readonly string[],
  layout: CifarLayout,
): Promise<ImageSource> {
  const record = layout.labelBytes + PIXELS;
  const handles: FileHandle[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(handles.map((handle) => handle.close()));
  };
  /** First image of each file, and the end of the last. */
  const starts = [0];
  const parts: Uint16Array[] = [];
  try {
    for (const file of files) {
      const handle = await openForReading(file);
      handles.push(handle);
      const { size } = await handle.stat();
      if (size === 0 || size % record !== 0) {
        throw new CascadeError(
          `${file} is not a whole number of ${record}-byte images; download the data set again.`,
        );
      }
      starts.push(starts.at(-1)! + size / record);
      parts.push(await readLabels(handle, file, size, layout));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const readRun = async (file: number, image: number, count: number, into: Uint8Array): Promise<void> => {
    const records = Buffer.allocUnsafe(count * record);
    const { bytesRead } = await handles[file]!.read(records, 0, records.length, image * record);
    if (bytesRead < records.length)
      throw new CascadeError(`${files[file]} became shorter while it was read.`);
    for (let index = 0; index < count; index++) {
      const from = index * record + layout.labelBytes;
      into.set(records.subarray(from, from + PIXELS), index * PIXELS);
    }
  };
  return {
    name,
    count: starts.at(-1)!,
    shape: SHAPE,
    labels: joinLabels(parts),
    async readImages(indices, into) {
      // Neighbours in a file are read at once, labels and all; every read is started before any is awaited, so that they go on
      // while the caller computes.
      const reads: Promise<void>[] = [];
      for (let first = 0; first < indices.length; ) {
        const file = starts.findLastIndex((start) => start <= indices[first]!);
        let end = first + 1;
        while (
          end < indices.length &&
          indices[end] === indices[end - 1]! + 1 &&
          indices[end]! < starts[file + 1]!
        )
          end++;
        reads.push(
          readRun(
            file,
            indices[first]! - starts[file]!,
            end - first,
            into.subarray(first * PIXELS, end * PIXELS),
          ),
        );
        first = end;
      }
      await Promise.all(reads);
    },
    close,
  };
}

/** Records read at once while labels are collected. */
const CHUNK = 1000;

async function readLabels(
  handle: FileHandle,
  file: string,
  size: number,
  layout: CifarLayout,
): Promise<Uint16Array> {
  const record = layout.labelBytes + PIXELS;
  const chunk = Buffer.alloc(CHUNK * record);
  const labels = new Uint16Array(size / record);
  let image = 0;
  for (let position = 0; position < size; position += chunk.length) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    if (bytesRead < Math.min(chunk.length, size - position))
      throw new CascadeError(`${file} became shorter while it was read.`);
    for (let start = 0; start < bytesRead; start += record) {
      const label = chunk[start + layout.labelByte]!;
      if (label >= layout.classes) {
        throw new CascadeError(
          `${file} gives image ${image} the label ${label}, but the classes are 0 to ${layout.classes - 1}; check that the file is of this data set.`,
        );
      }
      labels[image++] = label;
    }
  }
  return labels;
}
