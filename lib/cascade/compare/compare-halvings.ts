import os from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import type { HalvingFigures, HalvingOptions } from './compare-halving.js';
import type { CompareWorkerData } from './compare-worker.js';
import type { KeptHalvings } from './kept-halvings.js';

/** What is told while halvings are compared. */
interface Watch {
  /** Called after every halving with those done. */
  readonly onProgress: ((done: number) => void) | undefined;
  readonly signal: AbortSignal | undefined;
  /** Halvings of an interrupted comparison; left out, nothing is kept. */
  readonly kept?: KeptHalvings | undefined;
}

/**
 * Compares on halvings of the seeds 0 to `splits` − 1, side by side in worker threads: they do not depend on one another. Those that were
 * kept are not computed again.
 *
 * @throws the signal's reason if it is aborted.
 */
export async function compareHalvings(
  outputs: RecordedOutputs,
  options: HalvingOptions,
  splits: number,
  { onProgress, signal, kept }: Watch,
): Promise<readonly HalvingFigures[]> {
  signal?.throwIfAborted();
  const figures: HalvingFigures[] = [];
  const seeds = Array.from({ length: splits }, (_, seed) => seed);
  for (const seed of seeds) {
    const known = kept?.figures.get(seed);
    if (known !== undefined) figures[seed] = known;
  }
  const open = seeds.filter((seed) => figures[seed] === undefined);
  const left = [...open];
  let done = splits - open.length;
  if (done > 0) onProgress?.(done);
  const workerData: CompareWorkerData = { outputs, options };
  const workOff = async (): Promise<void> => {
    const worker = new Worker(new URL('./compare-worker.js', import.meta.url), { workerData });
    const stop = (): void => void worker.terminate();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        worker.postMessage(seed);
        const answer = await answerOf(worker, signal);
        figures[seed] = answer;
        await kept?.keep(seed, answer);
        onProgress?.(++done);
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(os.availableParallelism(), open.length) }, workOff));
  return figures;
}

/** The next thing that a worker says. @throws what it failed with; the signal's reason if it was stopped. */
function answerOf(worker: Worker, signal: AbortSignal | undefined): Promise<HalvingFigures> {
  let stopListening = (): void => {};
  return new Promise<HalvingFigures>((resolve, reject) => {
    const onExit = (code: number): void =>
      reject(signal?.aborted ? signal.reason : new Error(`a worker that compares ended with ${code}`));
    worker.once('message', resolve).once('error', reject).once('exit', onExit);
    stopListening = () => worker.off('message', resolve).off('error', reject).off('exit', onExit);
  }).finally(() => stopListening());
}
