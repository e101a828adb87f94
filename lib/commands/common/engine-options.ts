import { type Command, Option } from 'commander';
import type { Engine } from '../../engine/engine.js';
import { DEVICES, type DeviceName } from '../../engine/onnxruntime/devices.js';
import { ENGINES, type EngineName, openEngine } from '../../engine/open-engine.js';
import { BACKENDS, type BackendName } from '../../engine/tensorflow/backend-names.js';
import { usageError } from '../../errors.js';
import type { Reporter } from '../../reporter.js';

/** Options of every command that runs networks. */
export interface EngineOptions {
  readonly engine?: EngineName;
  readonly backend?: BackendName;
  readonly device?: DeviceName;
}

/** @param when said in front, e.g. `with --measure: `. */
export function withEngineOptions(command: Command, when = ''): Command {
  return command
    .addOption(new Option('--engine <name>', `${when}what runs the network`).choices(ENGINES).default('auto'))
    .addOption(
      new Option(
        '--backend <name>',
        `${when}what TensorFlow.js computes with (default: the fastest that works)`,
      ).choices(BACKENDS),
    )
    .addOption(
      new Option('--device <name>', `${when}what onnxruntime computes on (default: cpu)`).choices(DEVICES),
    );
}

/**
 * Opens the engine that was asked for; a faster one that does not work is noted with its remedy.
 *
 * @throws CascadeError if it does not load, or a backend or device was named that the engine does not have.
 */
export async function openChosenEngine(
  { engine = 'auto', backend, device }: EngineOptions,
  reporter: Reporter,
): Promise<Engine> {
  if (backend !== undefined && engine !== 'tensorflow')
    throw usageError(`--backend ${backend} is a backend of TensorFlow.js; add --engine tensorflow.`);
  if (device !== undefined && engine === 'tensorflow')
    throw usageError(`--device ${device} is a device of onnxruntime; leave out --engine tensorflow.`);
  return openEngine(engine, { backend, device, onSkipped: reporter.note });
}
