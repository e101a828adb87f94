import path from 'node:path';
import { Draw } from './draw.js';
import { damage } from './mutation.js';
import { damageBytes } from './mutations/bytes.js';
import type { Files, Reader } from './reader.js';

/** A sample with one of its files damaged. */
export interface DamagedCase {
  readonly sample: Files;
  readonly file: string;
  readonly bytes: Buffer;
}

/** The case of a number: the same for the same samples, seed and number. */
export async function damagedCase(
  reader: Reader,
  samples: readonly Files[],
  seed: number,
  number: number,
): Promise<DamagedCase> {
  const draw = new Draw(seed, number);
  const sample = draw.pick(samples);
  const file = draw.pick(Object.keys(sample).filter((name) => reader.mutationOf(name) !== undefined));
  const isOfKind = ([name]: readonly [string, Buffer]): boolean => path.extname(name) === path.extname(file);
  const others = samples.flatMap((other) => Object.entries(other).filter(isOfKind)).map(([, bytes]) => bytes);
  const bytes = await damage(sample[file]!, reader.mutationOf(file)!, damageBytes, draw, others);
  return { sample, file, bytes };
}
