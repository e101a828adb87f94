import { existsSync } from 'node:fs';
import { CascadeError } from '../../../errors.js';
import { writeFileAtomically } from '../../../files/atomic-write.js';
import { readWhole } from '../../../files/open-for-reading.js';
import {
  type FitNetworkOptions,
  type FitProgress,
  type FittedNetwork,
  fitNetwork,
} from '../../../heads/networks/fit-network.js';
import { duration } from '../../../reporter.js';
import { type StateLayouts, stateLayouts } from '../../../training/state-layouts.js';
import { vectorLength } from '../../../training/vector-layout.js';
import { readSafetensors, writeSafetensors } from '../../../weights/safetensors.js';
import type { AttachContext } from '../attach-context.js';
import { REMEDY } from '../fitted-weights.js';

/**
 * Fits a network and says how far it is. After every epoch its state is kept beside the file that it will go to, where an interrupted
 * run goes on.
 *
 * @param what it is called in messages.
 * @throws CascadeError if the kept state is damaged.
 */
export async function fitResumably(
  what: string,
  file: string,
  fit: Omit<FitNetworkOptions, 'from' | 'onEpoch' | 'onEstimate' | 'onProgress' | 'signal'>,
  { engine, options: { reporter, signal } }: Pick<AttachContext, 'engine' | 'options'>,
): Promise<FittedNetwork> {
  const unfinished = `${file}.unfinished`;
  const layouts = stateLayouts(fit.begun.graph, fit.frozen);
  const bar = reporter.bar(`Fitting ${what}`, 1000);
  try {
    return await fitNetwork(engine, {
      ...fit,
      signal,
      from: existsSync(unfinished) ? await readProgress(unfinished, layouts, fit.recipe.epochs) : undefined,
      onEpoch: (progress) => writeProgress(unfinished, progress),
      onEstimate: (seconds) =>
        reporter.note(`Fitting ${what} takes about ${duration(seconds)} on this machine.`),
      onProgress: (share) => bar.update(Math.round(1000 * share)),
    });
  } finally {
    bar.stop();
  }
}

const STATE = ['parameters', 'velocity', 'statistics'] as const;

function writeProgress(file: string, { epochs, state }: FitProgress): Promise<void> {
  const tensors = STATE.map((name) => [name, { shape: [state[name].length], data: state[name] }] as const);
  return writeFileAtomically(file, writeSafetensors(new Map(tensors), { epochs: String(epochs) }));
}

async function readProgress(file: string, layouts: StateLayouts, mostEpochs: number): Promise<FitProgress> {
  const { tensors, metadata } = readSafetensors(await readWhole(file), file);
  const epochs = Number(metadata['epochs']);
  const [parameters, velocity, statistics] = STATE.map((name) => tensors.get(name)?.data);
  const learned = vectorLength(layouts.learned);
  const isWhole =
    Number.isInteger(epochs) &&
    epochs >= 1 &&
    epochs <= mostEpochs &&
    parameters?.length === learned &&
    velocity?.length === learned &&
    statistics?.length === vectorLength(layouts.statistics);
  if (!isWhole) throw new CascadeError(`${file} is no unfinished network of this size; ${REMEDY}.`);
  return { epochs, state: { parameters, velocity, statistics } };
}
