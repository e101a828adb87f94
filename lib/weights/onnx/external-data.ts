import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError, systemReason } from '../../errors.js';
import { openForReading } from '../../files/open-for-reading.js';
import { elementCount } from '../../network/tensor.js';
import { leadsInside } from '../leads-inside.js';
import { quoted } from '../quoted.js';
import type { TensorMessage } from './model-file.js';

/** Bytes that tensors have in other files, and what they all, with the model itself, add up to. */
export interface ExternalData {
  readonly bytes: ReadonlyMap<TensorMessage, Uint8Array>;
  /** Number of bytes in all. */
  readonly size: number;
  /** Hexadecimal, of the model's bytes and then each part of other files; of the file alone where all is in it. */
  readonly sha256: string;
}

const IN_ANOTHER_FILE = 1;

/** Bytes of the longest type of numbers. */
const LONGEST_NUMBER = 8;

/**
 * Reads the tensors that a model keeps in files beside it.
 *
 * @param model the bytes of the model's own file.
 * @throws CascadeError if such a file is not in or below the model's folder, cannot be read, or is too short.
 */
export async function readExternalData(
  tensors: readonly TensorMessage[],
  model: Uint8Array,
  file: string,
): Promise<ExternalData> {
  const hash = createHash('sha256').update(model);
  const bytes = new Map<TensorMessage, Uint8Array>();
  // Tensors may share their bytes, which are read once: else a small model could name a large file any number of times.
  const parts = new Map<string, Buffer>();
  const taken = new Map<string, number>();
  for (const tensor of tensors) {
    if (tensor.dataLocation !== IN_ANOTHER_FILE) continue;
    const { location, offset, length } = Object.fromEntries(
      tensor.externalData.map(({ key, value }) => [key, value]),
    );
    const place = JSON.stringify([location, offset, length]);
    let part = parts.get(place);
    if (part === undefined) {
      const already = taken.get(location ?? '') ?? 0;
      part = await readPart(tensor, { location: location ?? '', offset, length, already }, file);
      parts.set(place, part);
      taken.set(location ?? '', already + part.length);
      hash.update(part);
    }
    bytes.set(tensor, part);
  }
  const size = [...taken.values()].reduce((sum, count) => sum + count, 0);
  return { bytes, size, sha256: hash.digest('hex') };
}

/** Where a tensor says that its bytes are. */
interface Place {
  readonly location: string;
  /** In bytes, as text: from the beginning by default. */
  readonly offset: string | undefined;
  /** In bytes, as text: to the end by default. */
  readonly length: string | undefined;
  /** Bytes that other tensors have in the same file. */
  readonly already: number;
}

async function readPart({ name, dims }: TensorMessage, place: Place, file: string): Promise<Buffer> {
  const tensor = quoted(name);
  const outside = new CascadeError(
    `${file} keeps the tensor ${tensor} at ${quoted(place.location) || 'no place'}, where cascade only looks in and below the folder of the model; save it again with its data beside it.`,
  );
  if (!staysInside(place.location)) throw outside;
  const source = path.join(path.dirname(file), place.location);
  const cutOff = new CascadeError(
    `${quoted(source)} does not hold the whole tensor ${tensor} of ${file}; get both files again.`,
  );
  try {
    if (!(await leadsInside(source, file))) throw outside;
    const found = await stat(source);
    if (!found.isFile()) throw outside;
    const offset = Number(place.offset ?? 0);
    const length = Number(place.length ?? found.size - offset);
    const isPart = [offset, length].every((value) => Number.isSafeInteger(value) && value >= 0);
    const isTensor = length <= LONGEST_NUMBER * elementCount(dims) && place.already + length <= found.size;
    if (!isPart || !isTensor || offset + length > found.size) throw cutOff;
    const handle = await openForReading(source);
    try {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await handle.read(bytes, 0, length, offset);
      if (bytesRead < length) throw cutOff;
      return bytes;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof CascadeError) throw error;
    throw new CascadeError(
      `${quoted(source)}, where ${file} keeps the tensor ${tensor}, cannot be read: ${systemReason(error)}.`,
      undefined,
      { cause: error },
    );
  }
}

/** Whether a path, with slashes of either kind, leads into or below the folder that it starts in. */
function staysInside(location: string): boolean {
  const isAbsolute = path.posix.isAbsolute(location) || path.win32.isAbsolute(location);
  return (
    location !== '' && !isAbsolute && !location.split(/[/\\]/).includes('..') && !location.includes('\0')
  );
}
