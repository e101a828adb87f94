import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError, systemReason } from '../../errors.js';
import type { TensorMessage } from './model-file.js';

/** Bytes that tensors have in other files, and what they all, with the model itself, add up to. */
export interface ExternalData {
  readonly bytes: ReadonlyMap<TensorMessage, Uint8Array>;
  /** Hexadecimal, of the model's bytes and then each tensor's; of the file alone where all is in it. */
  readonly sha256: string;
}

const IN_ANOTHER_FILE = 1;

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
  for (const tensor of tensors) {
    if (tensor.dataLocation !== IN_ANOTHER_FILE) continue;
    const part = await readPart(tensor, file);
    hash.update(part);
    bytes.set(tensor, part);
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function readPart({ name, externalData }: TensorMessage, file: string): Promise<Uint8Array> {
  const entries = new Map(externalData.map(({ key, value }) => [key, value]));
  const location = entries.get('location') ?? '';
  if (!staysInside(location)) {
    throw new CascadeError(
      `${file} keeps the tensor ${name} at ${location || 'no place'}, where cascade only looks in and below the folder of the model; save it again with its data beside it.`,
    );
  }
  const source = path.join(path.dirname(file), location);
  const cutOff = new CascadeError(
    `${source} does not hold the whole tensor ${name} of ${file}; get both files again.`,
  );
  try {
    const handle = await open(source);
    try {
      const { size } = await handle.stat();
      const offset = Number(entries.get('offset') ?? 0);
      const length = Number(entries.get('length') ?? size - offset);
      const isPart = [offset, length].every((value) => Number.isSafeInteger(value) && value >= 0);
      if (!isPart || offset + length > size) throw cutOff;
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
      `${source}, where ${file} keeps the tensor ${name}, cannot be read: ${systemReason(error)}.`,
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
