import type { Engine } from '../../lib/engine/engine.js';
import { openTensorflowEngine } from '../../lib/engine/tensorflow/tensorflow-engine.js';
import type { Need } from './needs.js';

/** TensorFlow.js on one of its backends, or what is said where that is not to be had. */
export interface NeededBackend extends Need {
  readonly title: string;
  readonly engine: Engine | undefined;
}

const NATIVE = ['tfjs-node-gpu', 'tfjs-node'] as const;

/** Those that come with the package's dependencies: without them something is broken. */
const PORTABLE = ['wasm', 'cpu'] as const;

/** A backend of each native package that is built, or else one entry with the reasons. */
async function nativeBackends(): Promise<NeededBackend[]> {
  const here: NeededBackend[] = [];
  const reasons: string[] = [];
  for (const title of NATIVE) {
    try {
      here.push({ title, isHere: true, reason: '', engine: await openTensorflowEngine(title) });
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  if (here.length > 0) return here;
  return [{ title: 'the native backend', isHere: false, reason: reasons.join(' '), engine: undefined }];
}

async function portableBackends(): Promise<NeededBackend[]> {
  const here: NeededBackend[] = [];
  for (const title of PORTABLE)
    here.push({ title, isHere: true, reason: '', engine: await openTensorflowEngine(title) });
  return here;
}

/** Opened one after the other, before any test is declared. */
export const TENSORFLOW_BACKENDS: readonly NeededBackend[] = [
  ...(await nativeBackends()),
  ...(await portableBackends()),
];
