import { parentPort } from 'node:worker_threads';
import { openBackend } from '../engine/tensorflow/backend.js';
import type { BackendName } from '../engine/tensorflow/backend-names.js';
import { CascadeError } from '../errors.js';
import { type FitHeadOptions, type FittedHead, fitHead } from './fit-head.js';

/** What the main thread asks of a worker. */
export interface FitWorkerOptions {
  readonly options: FitHeadOptions;
  readonly backend: BackendName;
}

/** What a worker answers: progress, then one of the others. */
export type FitMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'fitted'; readonly head: FittedHead }
  | { readonly kind: 'failed'; readonly message: string; readonly isOurs: boolean };

/** Steps between two reports of progress. */
const REPORT_EVERY = 10;

const port = parentPort!;
port.on('message', async ({ options, backend }: FitWorkerOptions) => {
  try {
    await openBackend(backend);
    const head = fitHead(options, (done, total) => {
      if (done % REPORT_EVERY === 0 || done === total) send({ kind: 'progress', done, total });
    });
    send({ kind: 'fitted', head });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    send({ kind: 'failed', message, isOurs: error instanceof CascadeError });
  }
});

function send(message: FitMessage): void {
  port.postMessage(message);
}
