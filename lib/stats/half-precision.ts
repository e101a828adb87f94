/** The value of each of the 65,536 half-precision bit patterns (IEEE 754 binary16). */
const values = Float32Array.from({ length: 65536 }, (_, bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * 2 ** (exponent - 25) * (1024 + fraction);
});

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** The half-precision bit pattern nearest to a number, ties to even; beyond 65,504 it is infinite. */
function toHalf(value: number): number {
  single[0] = value;
  const bits = singleBits[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Below 2^-14 a half is a whole multiple of 2^-24; adding 0.5 leaves that multiple, rounded to even, in the last bits.
    single[0] = Math.abs(single[0]!) + 0.5;
    return sign | (singleBits[0]! - 0x3f000000);
  }
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}

/** Half-precision bit patterns of numbers, into `target`. */
export function encodeHalf(source: Float32Array, target: Uint16Array): void {
  for (let index = 0; index < source.length; index++) target[index] = toHalf(source[index]!);
}

/** The numbers of half-precision bit patterns, into `target` from `offset` on. */
export function decodeHalf(source: Uint16Array, target: Float32Array, offset = 0): void {
  for (let index = 0; index < source.length; index++) target[offset + index] = values[source[index]!]!;
}
