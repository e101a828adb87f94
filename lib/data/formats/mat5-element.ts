import { CascadeError } from '../../errors.js';

export const TAG_BYTES = 8;

/** An element inside an array's: where its data is, and where the next element begins. */
export interface SubElement {
  readonly type: number;
  readonly length: number;
  readonly start: number;
  readonly next: number;
}

/** That a MATLAB file is damaged. */
export function damaged(file: string, cause?: unknown): CascadeError {
  return new CascadeError(`${file} is cut off or damaged; download it again.`, undefined, { cause });
}

/**
 * An element inside an array's; one of up to four bytes has them in its tag.
 *
 * @throws CascadeError if its tag is not in the bytes, or is none.
 */
export function subElement(head: Buffer, position: number, file: string): SubElement {
  if (position + TAG_BYTES > head.length) throw damaged(file);
  const type = head.readUInt16LE(position);
  const small = head.readUInt16LE(position + 2);
  if (small > 4) throw damaged(file);
  if (small > 0) return { type, length: small, start: position + 4, next: position + TAG_BYTES };
  const length = head.readUInt32LE(position + 4);
  const start = position + TAG_BYTES;
  return { type, length, start, next: start + Math.ceil(length / 8) * 8 };
}

/** @throws CascadeError if the data of the element is not in the bytes. */
export function contentOf(head: Buffer, { start, length }: SubElement, file: string): Buffer {
  if (start + length > head.length) throw damaged(file);
  return head.subarray(start, start + length);
}
