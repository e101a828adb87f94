import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { type BackendName, SINGLE_THREADED } from '../engine/tensorflow/backend-names.js';
import { CascadeError } from '../errors.js';
import { parameterShapes } from '../network/parameter-shapes.js';
import { elementCount } from '../network/tensor.js';
import type { FitRequest, FittedHead } from './fit-head.js';
import type { FitMessage, FitOrder } from './fit-worker.js';
import { headGraph } from './head-graph.js';

export interface FitOptions {
  readonly backend: BackendName;
  /** Called with the share of all work that is done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
  /** Called as soon as a head is fitted. */
  readonly onFitted?: (index: number, head: FittedHead) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Parameters of the heads that are fitted at the same time: each takes up to 150 bytes of memory. */
const MOST_PARAMETERS = 6e6;

function parameterCount({ kind, inputShape, classes }: FitRequest): number {
  const shapes = parameterShapes(headGraph(kind, inputShape, classes));
  return [...shapes.values()].reduce((sum, shape) => sum + elementCount(shape), 0);
}

/**
 * Fits heads side by side, each in a worker thread: they do not depend on one another, and the backend of a bare machine uses
 * one core only.
 *
 * @throws CascadeError if a fit fails; the signal's reason if it is aborted.
 */
export async function fitHeads(
  requests: readonly FitRequest[],
  { backend, onProgress, onFitted, signal }: FitOptions,
): Promise<readonly FittedHead[]> {
  const shares = requests.map(() => 0);
  const heads: FittedHead[] = [];
  const queue = requests.map((_, index) => index);
  const workOff = async (): Promise<void> => {
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      const current = index;
      heads[current] = await fitInWorker({ request: requests[current]!, backend }, signal, (share) => {
        shares[current] = share;
        onProgress?.(shares.reduce((sum, each) => sum + each, 0) / requests.length);
      });
      await onFitted?.(current, heads[current]!);
    }
  };
  const largest = Math.max(1, ...requests.map(parameterCount));
  const workers = SINGLE_THREADED.has(backend)
    ? Math.min(os.availableParallelism(), requests.length, Math.max(1, Math.floor(MOST_PARAMETERS / largest)))
    : 1;
  await Promise.all(Array.from({ length: workers }, workOff));
  return heads;
}

function fitInWorker(
  order: FitOrder,
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void,
): Promise<FittedHead> {
  const worker = new Worker(new URL('./fit-worker.js', import.meta.url));
  let onAbort = (): void => {};
  return new Promise<FittedHead>((resolve, reject) => {
    onAbort = () => reject(signal!.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.once('error', reject);
    worker.on('message', (message: FitMessage) => {
      if (message.kind === 'progress') onProgress(message.done / message.total);
      else if (message.kind === 'fitted') resolve(message.head);
      else reject(message.isOurs ? new CascadeError(message.message) : new Error(message.message));
    });
    worker.postMessage(order);
  }).finally(() => {
    signal?.removeEventListener('abort', onAbort);
    return worker.terminate();
  });
}
