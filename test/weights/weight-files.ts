import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CascadeError } from '../../lib/errors.js';
import type { Tensor } from '../../lib/network/tensor.js';
import { decodedTensors } from '../../lib/weights/pytorch/undecoded-tensor.js';
import { readTensors } from '../../lib/weights/read-tensors.js';

/** A file that fixtures/make.py has made. */
export function fixture(name: string): string {
  return path.join('test', 'weights', 'fixtures', name);
}

/** Gives some bytes to an action as a file, which is gone afterwards. */
export async function withFile<T>(bytes: Uint8Array, action: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-weights-'));
  try {
    const file = path.join(folder, 'weights');
    await writeFile(file, bytes);
    return await action(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The tensors of all dictionaries of a file, with their numbers. */
export async function tensorsIn(file: string): Promise<ReadonlyMap<string, Tensor>> {
  const { size } = await stat(file);
  const { stateDicts } = await readTensors(file);
  const tensors = new Map(stateDicts.flatMap((dictionary) => [...dictionary.tensors]));
  return decodedTensors(tensors, size, file);
}

/** What cascade says of a file of some bytes, with FILE for its name; undefined if it reads it. Other errors fail the test. */
export async function refusalOf(bytes: Uint8Array): Promise<string | undefined> {
  return withFile(bytes, async (file) => {
    try {
      await tensorsIn(file);
      return undefined;
    } catch (error) {
      if (!(error instanceof CascadeError)) throw error;
      return error.message.replaceAll(file, 'FILE');
    }
  });
}

/** The tensors of fixtures/numbers: shape and values as `torch.load(…).float().flatten().tolist()` prints them. */
export const NUMBERS: Readonly<Record<string, readonly [shape: number[], values: number[]]>> = {
  float64: [[3], [0.10000000149011612, -2.5, 0.0010000000474974513]],
  float16: [[5], [65504, 2 ** -14, 2 ** -24, -0, -0.333251953125]],
  bfloat16: [[4], [1, -0.333984375, 3.00405527047391e38, 9.183549615799121e-41]],
  int64: [[3], [-1, 16777216, -1099511627776]],
  int32: [[2], [-2147483648, 7]],
  int16: [[2], [-32768, 32767]],
  int8: [[2], [-128, 127]],
  uint8: [[2], [0, 255]],
  bool: [[2], [1, 0]],
  scalar: [[], [2.5]],
  empty: [[0, 3], []],
  transposed: [
    [3, 2],
    [0, 3, 1, 4, 2, 5],
  ],
  permuted: [
    [4, 2, 3],
    [0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23],
  ],
  shared_start: [
    [2, 2],
    [0, 0.25, 0.5, 0.75],
  ],
  shared_every_third: [[3], [0.25, 1, 1.75]],
  parameter: [
    [1, 2],
    [1.5, -1.5],
  ],
};
