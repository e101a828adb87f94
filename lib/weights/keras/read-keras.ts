import { CascadeError } from '../../errors.js';
import type { RecognizedNetwork } from '../recognize.js';
import { storedEntries } from '../zip.js';
import { SAVING_ADVICE } from './hdf5-model.js';
import { readInWorker } from './read-in-worker.js';

/** Parts of a `.keras` archive. */
const ARCHIVE = { config: 'config.json', weights: 'model.weights.h5' } as const;

/** Whether a zip archive is a `.keras` file: names stand in it as they are. */
export function isKerasArchive(bytes: Buffer): boolean {
  return bytes.includes(ARCHIVE.weights);
}

/**
 * A network from a model that Keras 2 or 3 saved whole as HDF5 (`.h5`).
 *
 * @param imageSize `[height, width]` where the model takes any.
 * @param timeLimit milliseconds of processor time after which reading is given up; by default some seconds, and more for a large file.
 * @throws CascadeError if the file is damaged, holds no whole model, or one that cascade cannot run.
 */
export function readKerasHdf5(
  bytes: Buffer,
  imageSize: readonly [number, number] | undefined,
  file: string,
  timeLimit?: number,
): Promise<RecognizedNetwork> {
  return readInWorker({ weights: bytes, config: undefined, imageSize, file }, timeLimit);
}

/** The same from a `.keras` archive: the model's configuration as JSON beside its weights as HDF5. */
export async function readKerasArchive(
  bytes: Buffer,
  imageSize: readonly [number, number] | undefined,
  file: string,
  timeLimit?: number,
): Promise<RecognizedNetwork> {
  const entries = await storedEntries(bytes, file);
  const [config, weights] = [entries.get(ARCHIVE.config), entries.get(ARCHIVE.weights)];
  if (config === undefined || weights === undefined) {
    throw new CascadeError(
      `${file} lacks an uncompressed ${config === undefined ? ARCHIVE.config : ARCHIVE.weights}; ${SAVING_ADVICE}.`,
    );
  }
  return readInWorker({ weights, config: config.toString(), imageSize, file }, timeLimit);
}
