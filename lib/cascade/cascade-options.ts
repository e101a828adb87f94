import { z } from 'zod';
import { MOST_BATCHED } from '../engine/most-batched.js';
import { DEVICES, type DeviceName } from '../engine/onnxruntime/devices.js';
import { ENGINES, type EngineName } from '../engine/open-engine.js';
import { BACKENDS, type BackendName } from '../engine/tensorflow/backend-names.js';
import { checkGiven } from './check-given.js';
import { Monitor } from './monitor/monitor.js';

/** How a cascade is loaded. */
export interface CascadeOptions {
  /** Name or number of the calibration, as `cascade show` lists them; the active one when left out. */
  readonly use?: string | undefined;
  /** Largest drop of accuracy, a fraction such as 0.01; what was calibrated for when left out. */
  readonly maxDrop?: number | undefined;
  /** Images that are computed at once; 32 when left out (fewer of large images), 1 for the least latency. */
  readonly batchSize?: number | undefined;
  /** What runs the network; the fastest that works when left out. */
  readonly engine?: EngineName | undefined;
  /** What TensorFlow.js computes with, where it is the engine; the fastest that works when left out. */
  readonly backend?: BackendName | undefined;
  /** What onnxruntime computes on; the CPU when left out. */
  readonly device?: DeviceName | undefined;
  /** What watches it; opened with the same folder and drop. */
  readonly monitor?: Monitor | undefined;
}

const optionsSchema = z
  .strictObject({
    use: z.string().min(1).optional(),
    maxDrop: z.number().gt(-1).max(1).optional(),
    batchSize: z.int().min(1).max(MOST_BATCHED).optional(),
    engine: z.enum(ENGINES).optional(),
    backend: z.enum(BACKENDS).optional(),
    device: z.enum(DEVICES).optional(),
    monitor: z.custom<Monitor>((value) => value instanceof Monitor, 'it is no Monitor').optional(),
  } satisfies Record<keyof CascadeOptions, z.ZodType>)
  .refine(({ engine, backend }) => backend === undefined || engine === 'tensorflow', {
    path: ['backend'],
    message: 'it is one of TensorFlow.js, which the engine tensorflow is',
  })
  .refine(({ engine, device }) => device === undefined || engine !== 'tensorflow', {
    path: ['device'],
    message: 'it is one of onnxruntime, and another engine is asked for',
  });

const filesSchema = z.array(z.string().min(1));

/** The options of `Cascade.load`. @throws CascadeError if one is of another name, kind or size. */
export function checkOptions(options: unknown): CascadeOptions {
  return checkGiven(optionsSchema, options, 'The options of Cascade.load do');
}

/** The folder of `Cascade.load`. @throws CascadeError if it is no text. */
export function checkFolder(folder: unknown): string {
  return checkGiven(z.string().min(1), folder, 'The folder of Cascade.load does');
}

/** The paths of `classifyFiles`. @throws CascadeError if they are no list of texts. */
export function checkFiles(files: unknown): readonly string[] {
  return checkGiven(filesSchema, files, 'The files of classifyFiles do');
}
