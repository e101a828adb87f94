import { Worker } from 'node:worker_threads';
import { CascadeError } from '../../errors.js';
import type { RecognizedNetwork } from '../recognize.js';
import type { Hdf5Model } from './hdf5-model.js';
import type { Hdf5Answer } from './hdf5-worker.js';

/** Many times the processor time that an honest file takes: some seconds, and a second for each 10 MB; in milliseconds. */
const TIME_LIMIT = { least: 4000, perByte: 1000 / 10e6 } as const;

/** Milliseconds between two looks at processor time and memory. */
const LOOK_EVERY = 25;

/** Memory in MB for JavaScript's objects, which hold names and structure but no weights, and for what the HDF5 library takes besides the file. */
const MOST_MEMORY = 512;

/** Copies of the file that reading it holds at a time, at most: its bytes, the library's, the weights in and out of their order. */
const MOST_COPIES = 6;

/**
 * Reads a Keras model whose weights are HDF5 in a thread of its own, because the HDF5 library never comes back from some damaged
 * files.
 *
 * @param timeLimit milliseconds of the processor's time after which reading is given up, however long a busy machine takes for them.
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
    const begin = { processor: process.cpuUsage(), clock: performance.now() };
    // The library's memory is none of JavaScript's, whose limit is the worker's own.
    const mostBytes = process.memoryUsage.rss() + 1e6 * MOST_MEMORY + MOST_COPIES * model.weights.length;
    timer = setInterval(() => {
      // The processor's time is that of all threads, of which this one took no more than has gone by.
      const { user, system } = process.cpuUsage(begin.processor);
      const taken = Math.min((user + system) / 1000, performance.now() - begin.clock);
      if (taken > timeLimit) reject(gaveUp(model.file, timeLimit));
      if (process.memoryUsage.rss() > mostBytes) reject(outOfMemory(model.file));
    }, LOOK_EVERY);
    worker.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory(model.file, error) : error);
    });
    worker.once('message', (answer: Hdf5Answer) => {
      if (answer.kind === 'read') resolve(answer.recognized);
      else reject(new CascadeError(answer.message));
    });
    worker.postMessage(model);
  }).finally(() => {
    clearInterval(timer);
    return worker.terminate();
  });
}

function gaveUp(file: string, timeLimit: number): CascadeError {
  return new CascadeError(
    `${file} was still being read after ${(timeLimit / 1000).toFixed(1)} s of processor time, where cascade stops; a file of this size takes far less, so try again, and if it stays so save the model again.`,
  );
}

function outOfMemory(file: string, cause?: unknown): CascadeError {
  return new CascadeError(
    `${file} takes more than ${MOST_MEMORY} MB of memory besides its weights, which is as much as cascade allows; get it again or save the model again.`,
    undefined,
    { cause },
  );
}
