import { parentPort } from 'node:worker_threads';
import { CascadeError } from '../../errors.js';
import type { RecognizedNetwork } from '../recognize.js';
import { type Hdf5Model, readHdf5Model } from './hdf5-model.js';

/** What the worker answers. */
export type Hdf5Answer =
  | { readonly kind: 'read'; readonly recognized: RecognizedNetwork }
  | { readonly kind: 'failed'; readonly message: string };

/** WebAssembly's memory, of which TypeScript knows with a browser's types only. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(this: WasmMemory, pages: number): number;
}

interface WithWebAssembly {
  readonly WebAssembly: { readonly Memory: { readonly prototype: WasmMemory } };
}

const PAGE_BYTES = 65_536;

/** Memory in MB that the HDF5 library may take besides copies of the file. */
const MOST_MEMORY = 512;
const MOST_COPIES = 4;

/**
 * Lets the library's memory grow so far and no further: a damaged file may ask for gigabytes in one go. What it cannot have it does
 * without, and says that the file cannot be read. Nothing else in this thread is WebAssembly.
 */
function boundMemory(fileBytes: number): void {
  const most = 1e6 * MOST_MEMORY + MOST_COPIES * fileBytes;
  const { prototype } = (globalThis as unknown as WithWebAssembly).WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function (pages) {
    if (this.buffer.byteLength + PAGE_BYTES * pages > most)
      throw new RangeError('more memory than is allowed');
    return grow.call(this, pages);
  };
}

const port = parentPort!;
port.once('message', async (model: Hdf5Model) => {
  boundMemory(model.weights.length);
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
