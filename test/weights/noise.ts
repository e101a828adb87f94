import { elementCount, type Tensor } from '../../lib/network/tensor.js';

/**
 * Numbers in [0, 1) that depend on a name and a position alone, times a factor, plus an offset: FNV-1a of the name, then
 * MurmurHash3's finalizer of hash and position, the same to the bit as in fixtures/families/make.py.
 */
export function noise(name: string, count: number, factor: number, offset: number): Float32Array {
  let seed = 2166136261;
  for (const byte of Buffer.from(name)) seed = Math.imul(seed ^ byte, 16777619);
  const numbers = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    let x = (Math.imul(index, 2654435761) + seed) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    numbers[index] = (((x ^ (x >>> 16)) >>> 0) / 2 ** 32) * factor + offset;
  }
  return numbers;
}

/** A parameter made of noise, scaled by its kind so that a deep network neither dies out nor explodes; as in make.py. */
export function noisyParameter(name: string, shape: readonly number[]): Tensor {
  const count = elementCount(shape);
  const isScale = name.endsWith('running_var') || (name.endsWith('weight') && shape.length === 1);
  if (isScale) return { shape, data: noise(name, count, 1, 0.5) };
  if (!name.endsWith('weight')) return { shape, data: noise(name, count, 1, -0.5) };
  const bound = Math.sqrt(3 / elementCount(shape.slice(1)));
  return { shape, data: noise(name, count, 2 * bound, -bound) };
}
