import { Worker } from 'node:worker_threads';
import { CascadeError } from '../../errors.js';
import { damaged } from '../damaged.js';
import type { RecognizedNetwork } from '../recognize.js';
import type { Hdf5Model } from './hdf5-model.js';
import type { Hdf5Answer } from './hdf5-worker.js';

/** Several times what an honest file takes on a slow machine: some seconds, and a second for each 10 MB. */
const TIME_LIMIT = { least: 10_000, perByte: 1000 / 10e6 } as const;

/** Memory for JavaScript's objects in MB, which hold names and structure but no weights. */
const MOST_MEMORY = 1024;

/**
 * Reads a Keras model whose weights are HDF5 in a thread of its own, because the HDF5 library never comes back from some damaged
 * files.
 *
 * @param timeLimit milliseconds after which the file is given up.
 * @throws CascadeError if the file is damaged, holds no whole model, or one that cascade cannot run.
 */
export function readInWorker(
  model: Hdf5Model,
  timeLimit: number = TIME_LIMIT.least + TIME_LIMIT.perByte * model.weights.length,
): Promise<RecognizedNetwork> {
  const worker = new Worker(new URL('./hdf5-worker.js', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
  });
  let timer: NodeJS.Timeout | undefined;
  return new Promise<RecognizedNetwork>((resolve, reject) => {
    timer = setTimeout(() => reject(tooSlow(model.file, timeLimit)), timeLimit);
    worker.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? damaged(model.file, error) : error);
    });
    worker.once('message', (answer: Hdf5Answer) => {
      if (answer.kind === 'read') resolve(answer.recognized);
      else reject(new CascadeError(answer.message));
    });
    worker.postMessage(model);
  }).finally(() => {
    clearTimeout(timer);
    return worker.terminate();
  });
}

/** Most often the file is damaged, but a busy machine looks the same. */
function tooSlow(file: string, timeLimit: number): CascadeError {
  return new CascadeError(
    `${file} is not read within ${Math.ceil(timeLimit / 1000)} s, the longest that cascade waits for a file of HDF5; get the file again if it is damaged, or try on a machine that is less busy.`,
  );
}
