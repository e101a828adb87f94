import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { CascadeError } from '../../errors.js';

/** TensorFlow.js's backends, fastest first. */
export const BACKENDS = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const;

export type BackendName = (typeof BACKENDS)[number];

/** Backends that run on one thread only, so that several workers side by side use several cores. */
export const SINGLE_THREADED: ReadonlySet<BackendName> = new Set(['wasm', 'cpu']);

/** A backend that could not be used, and why. */
export interface BackendFailure {
  readonly backend: BackendName;
  readonly reason: string;
}

export interface OpenedBackend {
  readonly backend: BackendName;
  readonly version: string;
  /** The faster backends that were tried before. */
  readonly failures: readonly BackendFailure[];
}

/**
 * Makes the fastest backend of TensorFlow.js that works the current one.
 *
 * @param wanted take this one or fail.
 * @throws CascadeError if none works, naming each one's reason.
 */
export async function openBackend(wanted?: BackendName): Promise<OpenedBackend> {
  const failures: BackendFailure[] = [];
  for (const backend of wanted === undefined ? BACKENDS : [wanted]) {
    try {
      await activate(backend);
      return { backend, version: tf.version_core, failures };
    } catch (error) {
      failures.push({ backend, reason: firstLine(error) });
    }
  }
  const reasons = failures.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  throw new CascadeError(`TensorFlow.js has no usable backend (${reasons}); run \`npm ci\` again.`);
}

async function activate(backend: BackendName): Promise<void> {
  const require = createRequire(import.meta.url);
  switch (backend) {
    case 'tfjs-node-gpu':
    case 'tfjs-node':
      require(`@tensorflow/${backend}`);
      return use('tensorflow');
    case 'wasm': {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}${path.sep}`);
      return use('wasm');
    }
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return use('cpu');
  }
}

async function use(registeredName: string): Promise<void> {
  if (!(await tf.setBackend(registeredName))) throw new Error('it did not initialise');
  await tf.ready();
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]!.trim();
}
