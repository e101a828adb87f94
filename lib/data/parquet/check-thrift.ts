/** Kinds of values in Thrift's compact protocol. */
const [STOP, TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, STRUCT] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12,
];

/** Bytes of the longest number: 64 bits, seven a byte. */
const LONGEST_VARINT = 10;

/** Structures inside structures; Parquet's go six deep. */
const DEEPEST = 24;

/**
 * Walks over a structure of Thrift's compact protocol, so that whoever reads it next meets no number, text or list that goes on behind
 * its end. Source: Apache Thrift, "Thrift compact protocol encoding".
 *
 * @returns the place behind it.
 * @throws Error if it ends too soon or is none.
 */
export function checkThrift(bytes: DataView, start: number): number {
  let at = start;
  const varint = (): number => {
    let value = 0;
    for (let digit = 0; digit < LONGEST_VARINT; digit++) {
      const byte = bytes.getUint8(at++);
      value += (byte & 0x7f) * 2 ** (7 * digit);
      if (byte < 0x80) return value;
    }
    throw new Error('a number in it does not end');
  };
  const skip = (length: number): void => {
    if (length > bytes.byteLength - at) throw new Error('a text in it ends too late');
    at += length;
  };
  const element = (type: number, depth: number): void => {
    if (type === TRUE || type === FALSE) return;
    if (type === BYTE) skip(1);
    else if (type === I16 || type === I32 || type === I64) varint();
    else if (type === DOUBLE) skip(8);
    else if (type === BINARY) skip(varint());
    else if (type === LIST) list(depth + 1);
    else if (type === STRUCT) structure(depth + 1);
    else throw new Error('it holds a value of no known kind');
  };
  const list = (depth: number): void => {
    if (depth > DEEPEST) throw new Error('it is nested too deep');
    const head = bytes.getUint8(at++);
    const type = head & 0x0f;
    const size = head >> 4 === 15 ? varint() : head >> 4;
    if (size > bytes.byteLength - at) throw new Error('a list in it ends too late');
    for (let index = 0; index < size; index++) element(type === TRUE || type === FALSE ? BYTE! : type, depth);
  };
  const structure = (depth: number): void => {
    if (depth > DEEPEST) throw new Error('it is nested too deep');
    for (;;) {
      const head = bytes.getUint8(at++);
      if ((head & 0x0f) === STOP) return;
      if (head >> 4 === 0) varint();
      element(head & 0x0f, depth);
    }
  };
  structure(0);
  return at;
}
