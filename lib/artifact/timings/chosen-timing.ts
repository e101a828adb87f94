import { counted } from '../../counted.js';
import type { Processor } from '../../engine/processor.js';
import { usageError } from '../../errors.js';
import type { Timing } from './timing-schema.js';

/** Which measurement is wanted. */
export interface WantedTiming {
  /** The machine that it is for. */
  readonly processor: Processor;
  readonly batchSize: number;
  /** Name of the engine; `auto` for onnxruntime, where it was measured, else any. */
  readonly engine: string;
  /** Backend or device of the engine; any when left out. */
  readonly backend?: string | undefined;
}

/** What `auto` runs networks with where it works. */
const PREFERRED = 'onnxruntime';

/** The newest measurement that fits; undefined if there is none. @param timings the latest last. */
export function chosenTiming(
  timings: readonly Timing[],
  { processor, batchSize, engine, backend }: WantedTiming,
): Timing | undefined {
  const fitting = timings.filter(
    (timing) =>
      timing.cpu === processor.cpu &&
      timing.cores === processor.cores &&
      timing.platform === processor.platform &&
      timing.batch_size === batchSize &&
      (engine === 'auto' || timing.engine.name === engine) &&
      (backend === undefined || timing.engine.backend === backend),
  );
  const preferred = (timing: Timing): boolean =>
    timing.engine.name === PREFERRED && (backend !== undefined || timing.engine.backend === undefined);
  return fitting.findLast(preferred) ?? fitting.at(-1);
}

/** The error of a cascade without a measurement that fits. */
export function notMeasured(folder: string, { batchSize, engine, backend }: WantedTiming): Error {
  const engineWords = engine === 'auto' ? '' : ` with the engine ${engine}`;
  const backendWords = backend === undefined ? '' : ` on ${backend}`;
  const batchOption = batchSize === 1 ? '' : ` --batch ${batchSize}`;
  const engineOption = engine === 'auto' ? '' : ` --engine ${engine}`;
  return usageError(
    `${folder} has no times of this machine for ${batchSize === 1 ? 'one image' : counted(batchSize, 'image')} at once${engineWords}${backendWords}; run \`cascade measure ${folder}${batchOption}${engineOption}\` first.`,
  );
}
