import { fitTemperature } from '../../calibrate/temperature.js';
import type { Engine } from '../../engine/engine.js';
import { foldBatchNormalization } from '../../network/fold-batch-norm.js';
import type { Network, Parameters } from '../../network/graph.js';
import { elementCount } from '../../network/tensor.js';
import { argmax } from '../../stats/argmax.js';
import { openTrainingStep, type TrainingState, type TrainingStep } from '../../training/training-step.js';
import { fromVector, toVector, vectorLength } from '../../training/vector-layout.js';
import { oneCycle } from '../recipe.js';
import { networkLogits } from './network-logits.js';
import type { NetworkRecipe } from './network-recipe.js';
import { softened } from './soften.js';
import { type TrainingImages, trainingBatches } from './training-batches.js';

/** A network after some epochs. */
export interface FitProgress {
  readonly epochs: number;
  readonly state: TrainingState;
}

export interface FitNetworkOptions extends TrainingImages {
  /** Takes pixels and gives logits, with the parameters that fitting begins with. */
  readonly begun: Network;
  /** Names of the parameters that stay as they are: those of a frozen part. */
  readonly frozen: ReadonlySet<string>;
  readonly recipe: NetworkRecipe;
  readonly seed: number;
  /** Where an interrupted fit had come to. */
  readonly from?: FitProgress | undefined;
  /** Called after every epoch with what it takes to go on from there. */
  readonly onEpoch?: (progress: FitProgress) => Promise<void>;
  /** Told before the first step how long all are expected to take, in seconds. */
  readonly onEstimate?: (seconds: number) => void;
  /** Called after every step with the share of all that are done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface FittedNetwork {
  /** All parameters of the network that was begun with, by their names. */
  readonly parameters: Parameters;
  /** Top-1 accuracy on the fitting images that no step saw, a fraction. */
  readonly heldOutAccuracy: number;
}

/** The most values of a batch's images: the unfolded maps of larger ones would take gigabytes. */
const MOST_VALUES = 2 ** 21;

/** Steps of an epoch that few images are divided into, and the smallest batch of which statistics say something. */
const WANTED_STEPS = 100;
const SMALLEST_BATCH = 16;

/** Numbers between the seeds of neighbouring epochs. */
const SEED_DISTANCE = 1_000_003;

/**
 * Fits a network, or what stands behind a frozen part of one, to the labels and to what the full network says of the images (knowledge
 * distillation: Hinton et al., arXiv 1503.02531). The same options give the same parameters on the same engine, in one go or with
 * interruptions.
 *
 * @throws CascadeError if the engine fits no whole networks; the signal's reason if it is aborted.
 */
export async function fitNetwork(engine: Engine, options: FitNetworkOptions): Promise<FittedNetwork> {
  const { begun, frozen, recipe, source, rows, teacher, seed, from, signal } = options;
  const classes = teacher.length / rows.length;
  const heldOut = heldOutCount(rows.length, recipe);
  const images: TrainingImages = {
    ...options,
    rows: rows.subarray(heldOut),
    teacher: teacher.subarray(heldOut * classes),
  };
  const batchSize = batchSizeFor(images.rows.length, elementCount(source.shape), recipe.batchSize);
  const step = await openTrainingStep(begun.graph, engine, {
    ...recipe,
    batchSize,
    fixed: new Map([...begun.parameters].filter(([name]) => frozen.has(name))),
  });
  try {
    let state = from?.state ?? initialState(step, begun.parameters);
    const stepsPerEpoch = Math.floor(images.rows.length / batchSize);
    const steps = stepsPerEpoch * recipe.epochs;
    // A smaller batch takes smaller steps (Goyal et al., arXiv 1706.02677).
    const peak = (recipe.peakLearningRate * batchSize) / recipe.batchSize;
    let done = stepsPerEpoch * (from?.epochs ?? 0);
    for (let epoch = from?.epochs ?? 0; epoch < recipe.epochs; epoch++) {
      for await (const batch of trainingBatches(images, batchSize, seed + SEED_DISTANCE * (epoch + 1))) {
        signal?.throwIfAborted();
        if (options.onEstimate !== undefined && epoch === (from?.epochs ?? 0) && done % stepsPerEpoch === 0)
          options.onEstimate((await secondsOf(() => step.run(state, batch, 0))) * (steps - done));
        ({ state } = await step.run(state, batch, oneCycle(done, steps, peak)));
        done++;
        options.onProgress?.(done / steps);
      }
      await options.onEpoch?.({ epochs: epoch + 1, state });
    }
    const parameters = new Map([
      ...begun.parameters,
      ...fromVector(step.learned, state.parameters),
      ...fromVector(step.statistics, state.statistics),
    ]);
    const network = foldBatchNormalization({ graph: begun.graph, parameters });
    const { accuracy, temperature } = await judged(engine, network, options, rows.subarray(0, heldOut));
    // Half of the way, on a logarithmic scale, to logits that are as sure as they are right: the full network, with which they are averaged
    // and held against one threshold, is too sure of itself, too. Never sharper, which few images would suggest by chance.
    const divisor = Math.sqrt(Math.max(1, temperature));
    return { parameters: softened({ graph: begun.graph, parameters }, divisor), heldOutAccuracy: accuracy };
  } finally {
    await step.dispose();
  }
}

/** How many fitting images, the first ones, no step sees. */
export function heldOutCount(images: number, { heldOutShare }: NetworkRecipe): number {
  return Math.max(1, Math.round(heldOutShare * images));
}

/** The recipe's batch, halved until an epoch has steps enough and memory holds it. */
function batchSizeFor(images: number, imageValues: number, largest: number): number {
  const wanted = Math.min(Math.max(SMALLEST_BATCH, images / WANTED_STEPS), MOST_VALUES / imageValues);
  let size = largest;
  while (size > 1 && size > wanted) size = Math.floor(size / 2);
  return Math.min(size, images);
}

function initialState({ learned, statistics }: TrainingStep, parameters: Parameters): TrainingState {
  return {
    parameters: toVector(learned, parameters),
    velocity: new Float32Array(vectorLength(learned)),
    statistics: toVector(statistics, parameters),
  };
}

/** How long something takes, the first time left out: then memory is found for it. */
async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  await work();
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** What a fitted network makes of images that no step saw. */
async function judged(
  engine: Engine,
  network: Network,
  { source, signal }: FitNetworkOptions,
  rows: Uint32Array,
): Promise<{ readonly accuracy: number; readonly temperature: number }> {
  const logits = await networkLogits(engine, network, source, { rows, signal });
  const classes = logits.length / rows.length;
  const labels = Uint16Array.from(rows, (row) => source.labels[row]!);
  const correct = labels.filter((label, image) => argmax(logits, image * classes, classes) === label).length;
  return { accuracy: correct / rows.length, temperature: fitTemperature(logits, labels, classes) };
}
