import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { type BackendName, SINGLE_THREADED } from '../engine/tensorflow/backend-names.js';
import { CascadeError } from '../errors.js';
import { parameterShapes } from '../network/parameter-shapes.js';
import { elementCount } from '../network/tensor.js';
import type { FitHeadOptions, FittedHead } from './fit-head.js';
import type { FitMessage, FitWorkerOptions } from './fit-worker.js';
import { headGraph } from './head-graph.js';

export interface FitHeadsOptions {
  readonly backend: BackendName;
  /** Called with the share of all work that is done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
  /** Called as soon as a head is fitted. */
  readonly onFitted?: (index: number, head: FittedHead) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Parameters of the heads that are fitted at the same time: each takes up to 150 bytes of memory. */
const MOST_PARAMETERS = 6e6;

function parameterCount({ kind, inputShape, classes }: FitHeadOptions): number {
  const shapes = parameterShapes(headGraph(kind, inputShape, classes));
  return [...shapes.values()].reduce((sum, shape) => sum + elementCount(shape), 0);
}

/**
 * Fits heads side by side in worker threads: they do not depend on one another, and the backend of a bare machine uses one core
 * only.
 *
 * @throws CascadeError if a fit fails; the signal's reason if it is aborted.
 */
export async function fitHeads(
  fits: readonly FitHeadOptions[],
  { backend, onProgress, onFitted, signal }: FitHeadsOptions,
): Promise<readonly FittedHead[]> {
  const shares = fits.map(() => 0);
  const heads: FittedHead[] = [];
  const queue = fits.map((_, index) => index);
  const workOff = async (): Promise<void> => {
    const worker = new Worker(new URL('./fit-worker.js', import.meta.url));
    try {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
        const current = index;
        heads[current] = await fitIn(worker, { options: fits[current]!, backend }, signal, (share) => {
          shares[current] = share;
          onProgress?.(shares.reduce((sum, each) => sum + each, 0) / fits.length);
        });
        await onFitted?.(current, heads[current]!);
      }
    } finally {
      await worker.terminate();
    }
  };
  const largest = Math.max(1, ...fits.map(parameterCount));
  const workers = SINGLE_THREADED.has(backend)
    ? Math.min(os.availableParallelism(), fits.length, Math.max(1, Math.floor(MOST_PARAMETERS / largest)))
    : 1;
  await Promise.all(Array.from({ length: workers }, workOff));
  return heads;
}

function fitIn(
  worker: Worker,
  options: FitWorkerOptions,
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void,
): Promise<FittedHead> {
  let stopListening = (): void => {};
  return new Promise<FittedHead>((resolve, reject) => {
    const onAbort = (): void => reject(signal!.reason);
    const onMessage = (message: FitMessage): void => {
      if (message.kind === 'progress') onProgress(message.done / message.total);
      else if (message.kind === 'fitted') resolve(message.head);
      else reject(message.isOurs ? new CascadeError(message.message) : new Error(message.message));
    };
    stopListening = () => {
      signal?.removeEventListener('abort', onAbort);
      worker.off('error', reject).off('message', onMessage);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.on('error', reject).on('message', onMessage);
    worker.postMessage(options);
  }).finally(stopListening);
}
