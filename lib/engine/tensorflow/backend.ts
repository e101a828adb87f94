import { createRequire } from 'node:module';
import path from 'node:path';

import tf = require('@tensorflow/tfjs-core');

import { CascadeError } from '../../errors.js';
import { BACKENDS, type BackendName } from './backend-names.js';
import { loadNativePackage } from './native-binding.js';

type TfjsWasm = typeof import('@tensorflow/tfjs-backend-wasm');

/** A backend that could not be used, and why. */
export interface BackendFailure {
  readonly backend: BackendName;
  readonly reason: string;
}

export interface OpenedBackend {
  readonly backend: BackendName;
  /** What TensorFlow.js calls it; both native packages are `tensorflow` there. */
  readonly registeredName: string;
  readonly version: string;
  /** The faster backends that were tried before. */
  readonly failures: readonly BackendFailure[];
}

/** As everywhere, TensorFlow.js is required: an ES import first reads its megabytes for the names that they export, which takes 0.1 s or more each. */
const require = createRequire(import.meta.url);

/** The opening that is under way. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Makes the fastest backend of TensorFlow.js that works the current one. Calls are worked off one after another, since a backend that is
 * asked for while it starts fails.
 *
 * @param wanted take this one or fail.
 * @throws CascadeError if none works, naming each one's reason.
 */
export function openBackend(wanted?: BackendName): Promise<OpenedBackend> {
  const opened = last.then(() => fastest(wanted));
  last = opened.catch(() => {});
  return opened;
}

async function fastest(wanted: BackendName | undefined): Promise<OpenedBackend> {
  const failures: BackendFailure[] = [];
  for (const backend of wanted === undefined ? BACKENDS : [wanted]) {
    try {
      const registeredName = await activate(backend);
      return { backend, registeredName, version: tf.version_core, failures };
    } catch (error) {
      failures.push({ backend, reason: firstLine(error) });
    }
  }
  const reasons = failures.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  if (wanted !== undefined) throw new CascadeError(`TensorFlow.js cannot use the backend ${reasons}.`);
  throw new CascadeError(`TensorFlow.js has no usable backend (${reasons}); install cascade again.`);
}

async function activate(backend: BackendName): Promise<string> {
  // Without advice on the console about other backends.
  tf.enableProdMode();
  switch (backend) {
    case 'tfjs-node-gpu':
    case 'tfjs-node':
      loadNativePackage(backend);
      return use('tensorflow');
    case 'wasm': {
      const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm') as TfjsWasm;
      const folder = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
      setWasmPaths(`${folder}${path.sep}`);
      return use('wasm');
    }
    case 'cpu':
      require('@tensorflow/tfjs-backend-cpu');
      return use('cpu');
  }
}

async function use(registeredName: string): Promise<string> {
  if (!(await tf.setBackend(registeredName))) throw new Error('it did not initialise');
  await tf.ready();
  return registeredName;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]!.trim();
}
