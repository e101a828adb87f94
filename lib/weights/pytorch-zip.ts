import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise } from 'yauzl';
import { CascadeError } from '../errors.js';
import type { Tensor } from '../network/tensor.js';
import { ByteCursor } from './byte-cursor.js';
import { damaged } from './damaged.js';
import { parsePickle } from './pickle.js';
import { TorchDialect } from './pytorch-pickle.js';
import { stateDictTensors } from './state-dict.js';

const PICKLE = 'data.pkl';

/** Whether bytes begin like a zip archive (APPNOTE.TXT 4.3.7: local file header). */
export function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04'));
}

/**
 * Tensors of PyTorch's zip format: a pickle `data.pkl` and a file `data/<key>` for each storage, in one folder of the archive.
 *
 * @throws CascadeError if the archive is damaged, big-endian, or holds more than tensors.
 */
export async function readZip(bytes: Buffer, file: string): Promise<ReadonlyMap<string, Tensor>> {
  const entries = await storedEntries(bytes, file);
  const pickle = [...entries.keys()].find((name) => name === PICKLE || name.endsWith(`/${PICKLE}`));
  if (pickle === undefined) {
    throw new CascadeError(
      `${file} is a zip archive without the uncompressed ${PICKLE} of PyTorch; save the model with torch.save.`,
    );
  }
  const folder = pickle.slice(0, -PICKLE.length);
  if (entries.get(`${folder}byteorder`)?.toString() === 'big') {
    throw new CascadeError(`${file} was written big-endian; load and save it on a little-endian machine.`);
  }
  const value = parsePickle(new ByteCursor(entries.get(pickle)!, file), new TorchDialect(file));
  return stateDictTensors(value, (key) => entries.get(`${folder}data/${key}`), bytes.length, file);
}

/** The archive's entries that are stored as they are, as torch.save stores all: looked at in place, not copied. */
async function storedEntries(bytes: Buffer, file: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  try {
    const archive = await fromBufferPromise(bytes, { lazyEntries: true });
    const stored = async (entry: Entry): Promise<Buffer> => {
      const { fileDataStart: start } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
      return bytes.subarray(start, start + entry.uncompressedSize);
    };
    for await (const entry of archive.eachEntry()) {
      if (entry.compressionMethod !== 0 || entry.isEncrypted()) continue;
      const content = await stored(entry);
      if (crc32(content) !== entry.crc32) throw new Error(`${entry.fileName} does not match its checksum`);
      entries.set(entry.fileName, content);
    }
  } catch (error) {
    throw damaged(file, error);
  }
  return entries;
}
