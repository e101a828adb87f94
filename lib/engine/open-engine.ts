import { CascadeError } from '../errors.js';
import type { Engine } from './engine.js';
import type { DeviceName } from './onnxruntime/devices.js';
import type { BackendName } from './tensorflow/backend-names.js';

/** The engines, by the names that `--engine` takes; `auto` is the fastest that works. */
export const ENGINES = ['auto', 'onnxruntime', 'tensorflow'] as const;

/** An engine, by its name. */
export type EngineName = (typeof ENGINES)[number];

export interface EngineChoice {
  /** TensorFlow.js's backend; the fastest that works when left out. */
  readonly backend?: BackendName | undefined;
  /** What ONNX Runtime computes on; the CPU when left out. */
  readonly device?: DeviceName | undefined;
  /** Told, in a sentence, of every faster engine or backend that does not work. */
  readonly onSkipped?: (message: string) => void;
}

/**
 * Loads an engine's library, which is heavy, only when it is asked for.
 *
 * @throws CascadeError if it does not load; with `auto`, if none does.
 */
export function openEngine(name: EngineName = 'auto', choice: EngineChoice = {}): Promise<Engine> {
  switch (name) {
    case 'onnxruntime':
      return openOnnxruntime(choice.device);
    case 'tensorflow':
      return openTensorflow(choice);
    case 'auto':
      // A device that was named is not exchanged for another one.
      if (choice.device !== undefined) return openOnnxruntime(choice.device);
      return firstThatOpens([openOnnxruntime, () => openTensorflow(choice)], choice.onSkipped);
  }
}

/**
 * @param openers fastest first.
 * @throws CascadeError the last one's failure if none opens.
 */
export async function firstThatOpens(
  [open, ...others]: readonly (() => Promise<Engine>)[],
  onSkipped: (message: string) => void = () => {},
): Promise<Engine> {
  try {
    return await open!();
  } catch (error) {
    if (others.length === 0 || !(error instanceof CascadeError)) throw error;
    onSkipped(error.message);
    return firstThatOpens(others, onSkipped);
  }
}

async function openOnnxruntime(device?: DeviceName): Promise<Engine> {
  try {
    const { openOnnxruntimeEngine } = await import('./onnxruntime/onnxruntime-engine.js');
    return await openOnnxruntimeEngine(device);
  } catch (error) {
    if (error instanceof CascadeError) throw error;
    const [reason] = (error as Error).message.split('\n');
    throw new CascadeError(
      `The engine onnxruntime does not load (${reason}); install it with \`npm install --ignore-scripts onnxruntime-node\`, or take --engine tensorflow.`,
    );
  }
}

async function openTensorflow({ backend, onSkipped = () => {} }: EngineChoice): Promise<Engine> {
  const { openTensorflowEngine } = await import('./tensorflow/tensorflow-engine.js');
  return openTensorflowEngine(backend, ({ backend: skipped, reason }) =>
    onSkipped(`TensorFlow.js cannot use the backend ${skipped}: ${reason}.`),
  );
}
