import type { Tensor } from '../network/tensor.js';
import { ByteCursor } from './byte-cursor.js';
import { damaged } from './damaged.js';
import { parsePickle } from './pickle.js';
import { TorchDialect } from './pytorch-pickle.js';
import { stateDictTensors } from './state-dict.js';

/** First and second value of the format (torch/serialization.py, MAGIC_NUMBER and PROTOCOL_VERSION). */
const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;

/** The magic number as a pickle of any protocol holds it. */
const MAGIC_BYTES = Buffer.from(MAGIC_NUMBER.toString(16), 'hex').reverse();
/** Protocol, frame and opcode before it take at most this many bytes. */
const LONGEST_PREAMBLE = 13;

/** Whether bytes begin like PyTorch's older format. */
export function isLegacy(bytes: Buffer): boolean {
  return bytes[0] === 0x80 && bytes.subarray(0, LONGEST_PREAMBLE + MAGIC_BYTES.length).includes(MAGIC_BYTES);
}

/**
 * Tensors of PyTorch's older stream format: pickles of magic number, protocol version, system, content and storage keys, then each
 * storage's element count (int64) and elements, which PyTorch writes little-endian on every system.
 *
 * @throws CascadeError if the file is cut off or holds more than tensors.
 */
export function readLegacy(bytes: Buffer, file: string): ReadonlyMap<string, Tensor> {
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
    storages.set(key, cursor.take(Number(elements) * reference.type.bytes));
  }
  return stateDictTensors(content, (key) => storages.get(key), bytes.length, file);
}
