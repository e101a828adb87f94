import { parentPort } from 'node:worker_threads';
import { CascadeError } from '../../errors.js';
import type { RecognizedNetwork } from '../recognize.js';
import { type Hdf5Model, readHdf5Model } from './hdf5-model.js';

/** What the worker answers. */
export type Hdf5Answer =
  | { readonly kind: 'read'; readonly recognized: RecognizedNetwork }
  | { readonly kind: 'failed'; readonly message: string };

const port = parentPort!;
port.once('message', async (model: Hdf5Model) => {
  try {
    const recognized = await readHdf5Model(model);
    const numbers = [...recognized.network.parameters.values()].map(({ data }) => data.buffer as ArrayBuffer);
    send({ kind: 'read', recognized }, [...new Set(numbers)]);
  } catch (error) {
    // Anything else is a fault of the program, which the main thread gets as the worker's own error.
    if (!(error instanceof CascadeError)) throw error;
    send({ kind: 'failed', message: error.message });
  }
});

/** @param moved memory that needs no copy. */
function send(answer: Hdf5Answer, moved: readonly ArrayBuffer[] = []): void {
  port.postMessage(answer, moved);
}
