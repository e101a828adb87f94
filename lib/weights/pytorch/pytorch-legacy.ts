import { CascadeError } from '../../errors.js';
import { damaged } from '../damaged.js';
import { quoted } from '../quoted.js';
import { ByteCursor } from './byte-cursor.js';
import { parsePickle } from './pickle.js';
import { type StorageReference, TorchDialect } from './pytorch-pickle.js';
import { findStateDicts, type StateDict } from './state-dict.js';

/** First and second value of the format (torch/serialization.py, MAGIC_NUMBER and PROTOCOL_VERSION). */
const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;

/** The magic number as a pickle holds it from protocol 2 on, and before. */
const MAGIC_BYTES = Buffer.from(MAGIC_NUMBER.toString(16), 'hex').reverse();
const MAGIC_TEXT = Buffer.from(`L${MAGIC_NUMBER}L\n`);
/** Protocol, frame and opcode before it take at most this many bytes. */
const LONGEST_PREAMBLE = 13;

/** Whether bytes begin like PyTorch's older format. */
export function isLegacy(bytes: Buffer): boolean {
  const beginning = bytes.subarray(0, LONGEST_PREAMBLE + MAGIC_BYTES.length);
  const isText = bytes.subarray(0, MAGIC_TEXT.length).equals(MAGIC_TEXT);
  return isText || (bytes[0] === 0x80 && beginning.includes(MAGIC_BYTES));
}

/**
 * State dictionaries of PyTorch's older stream format: pickles of magic number, protocol version, system, content and storage keys, then each
 * storage's element count (int64) and elements, which PyTorch writes little-endian on every system.
 *
 * @throws CascadeError if the file is cut off or damaged, or holds no state dictionary.
 */
export function readLegacy(bytes: Buffer, file: string): readonly StateDict[] {
  const cursor = new ByteCursor(bytes, file);
  const dialect = new TorchDialect(file);
  if (parsePickle(cursor, dialect) !== MAGIC_NUMBER) throw damaged(file);
  if (parsePickle(cursor, dialect) !== PROTOCOL_VERSION) throw damaged(file);
  parsePickle(cursor, dialect); // the writing system
  const content = parsePickle(cursor, dialect);
  const keys = parsePickle(cursor, dialect);
  if (!Array.isArray(keys)) throw damaged(file);
  const storages = new Map<string, Buffer>();
  for (const key of keys) {
    // Only the references tell how many bytes an element has.
    const reference = dialect.storages.get(key);
    const elements = cursor.take(8).readBigInt64LE();
    if (reference === undefined || elements < 0n) throw damaged(file);
    storages.set(key, cursor.take(Number(elements) * bytesOfElement(reference, file)));
  }
  return findStateDicts(content, (key) => storages.get(key), file);
}

function bytesOfElement({ type }: StorageReference, file: string): number {
  if ('decode' in type) return type.bytes;
  if (type.bytes !== undefined) return type.bytes;
  throw new CascadeError(
    `${file} keeps elements of the class ${quoted(type.name)}, whose size cascade does not know; save the file again with a PyTorch of 1.6 or newer.`,
  );
}
