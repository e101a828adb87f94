import { CascadeError } from '../../errors.js';
import { storedEntries } from '../zip.js';
import { ByteCursor } from './byte-cursor.js';
import { parsePickle } from './pickle.js';
import { TorchDialect } from './pytorch-pickle.js';
import { findStateDicts, type StateDict } from './state-dict.js';

const PICKLE = 'data.pkl';

/**
 * State dictionaries of PyTorch's zip format: a pickle `data.pkl` and a file `data/<key>` for each storage, in one folder of the archive.
 *
 * @throws CascadeError if the archive is damaged, big-endian, or holds no state dictionary.
 */
export async function readZip(bytes: Buffer, file: string): Promise<readonly StateDict[]> {
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
  return findStateDicts(value, (key) => entries.get(`${folder}data/${key}`), file);
}
