import { decodeHalf } from '../stats/half-precision.js';

/** How numbers of one type lie in a file, little-endian. */
export interface ElementType {
  readonly bytes: number;
  /** All numbers of some bytes, a whole number of them, as float32. */
  decode(bytes: Uint8Array): Float32Array;
}

/** A copy on an aligned address, as typed arrays need. */
function copied(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function halves(bytes: Uint8Array): Float32Array {
  const patterns = new Uint16Array(copied(bytes));
  const values = new Float32Array(patterns.length);
  decodeHalf(patterns, values);
  return values;
}

/** The upper half of a float32. */
function brainHalves(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint32Array.from(new Uint16Array(copied(bytes)), (bits) => bits << 16).buffer);
}

/** Integers beyond 2^24 and doubles are rounded to the nearest float32. */
export const ELEMENT_TYPES = {
  float64: { bytes: 8, decode: (bytes) => new Float32Array(new Float64Array(copied(bytes))) },
  float32: { bytes: 4, decode: (bytes) => new Float32Array(copied(bytes)) },
  float16: { bytes: 2, decode: halves },
  bfloat16: { bytes: 2, decode: brainHalves },
  int64: { bytes: 8, decode: (bytes) => Float32Array.from(new BigInt64Array(copied(bytes)), Number) },
  int32: { bytes: 4, decode: (bytes) => new Float32Array(new Int32Array(copied(bytes))) },
  int16: { bytes: 2, decode: (bytes) => new Float32Array(new Int16Array(copied(bytes))) },
  int8: { bytes: 1, decode: (bytes) => new Float32Array(new Int8Array(copied(bytes))) },
  uint64: { bytes: 8, decode: (bytes) => Float32Array.from(new BigUint64Array(copied(bytes)), Number) },
  uint32: { bytes: 4, decode: (bytes) => new Float32Array(new Uint32Array(copied(bytes))) },
  uint16: { bytes: 2, decode: (bytes) => new Float32Array(new Uint16Array(copied(bytes))) },
  uint8: { bytes: 1, decode: (bytes) => new Float32Array(bytes) },
  boolean: { bytes: 1, decode: (bytes) => new Float32Array(bytes) },
} satisfies Readonly<Record<string, ElementType>>;
