/** Farther than any axis reaches: exporters write 2^63 − 1 for "to the end". */
const FAR = 2 ** 31 - 1;

/** A place on an axis as 32 bits hold it. */
export function within32(integer: number): number {
  return Math.min(FAR, Math.max(-FAR, integer));
}
