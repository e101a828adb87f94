import { damaged } from '../damaged.js';

/** Reads a file's bytes one after another, never behind their end. */
export class ByteCursor {
  #position = 0;

  /** @param file named in the errors. */
  constructor(
    readonly bytes: Buffer,
    readonly file: string,
  ) {}

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  /**
   * The next bytes, not copied.
   *
   * @throws CascadeError if there are fewer.
   */
  take(length: number): Buffer {
    if (length > this.bytes.length - this.#position) throw damaged(this.file);
    this.#position += length;
    return this.bytes.subarray(this.#position - length, this.#position);
  }

  /** An unsigned little-endian integer of 1 to 4 bytes. */
  unsigned(size: number): number {
    const start = this.#position;
    if (size > this.bytes.length - start) throw damaged(this.file);
    this.#position += size;
    // Not through a view of its own: a pickle is read a byte at a time.
    return size === 1 ? this.bytes[start]! : this.bytes.readUIntLE(start, size);
  }

  /** A length of 8 bytes; one beyond 2^53 is rounded, and no file is that long. */
  length(): number {
    return Number(this.take(8).readBigUInt64LE());
  }

  /** The text up to the next line feed, which is read too. */
  line(encoding: BufferEncoding = 'utf8'): string {
    const end = this.bytes.indexOf(0x0a, this.#position);
    if (end < 0) throw damaged(this.file);
    const text = this.take(end - this.#position).toString(encoding);
    this.#position++;
    return text;
  }
}
