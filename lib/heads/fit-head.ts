import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '../network/tensor.js';
import { permutation } from '../stats/permutation.js';
import { createRandom } from '../stats/random.js';
import { AdamWVariable } from './adamw.js';
import type { FeatureFile } from './feature-file.js';
import { openFeatureFile } from './feature-file.js';
import { foldHead } from './fold-head.js';
import type { HeadKind } from './head-kinds.js';
import type { HeadTensors } from './head-step.js';
import { headGradients } from './head-step.js';
import { oneCycle, type Recipe } from './recipe.js';
import { type Standardization, standardization } from './standardization.js';

export interface FitRequest {
  readonly kind: HeadKind;
  readonly classes: number;
  /**
   * One file a pass over the images, the first of the images as they are; rows in the same order in all, which must be random:
   * neighbours are read together and stay together in every epoch, and the first ones are held out.
   */
  readonly featureFiles: readonly string[];
  /** The class of each row. */
  readonly labels: Uint16Array;
  readonly recipe: Recipe;
  readonly seed: number;
}

export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean loss of the epoch's steps, in nats, label smoothing included. */
  readonly loss: number;
  /** Top-1 accuracy on the fitting images that no step sees, a fraction. */
  readonly heldOutAccuracy: number;
}

export interface FittedHead {
  /** Parameters of `headGraph`, by its names. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  readonly epochs: readonly EpochReport[];
}

/** Neighbouring rows read at once: one system call instead of sixteen. */
const BLOCK = 16;

/** How much of each step's batch statistics enters the running ones (PyTorch's default momentum). */
const STATISTICS_MOMENTUM = 0.1;

/**
 * Fits one head on recorded features with TensorFlow.js on the backend that is current. The same request gives the same head
 * on the same backend.
 *
 * @param onProgress called after every step with the steps done and to do.
 */
export function fitHead(
  request: FitRequest,
  onProgress: (done: number, total: number) => void = () => {},
): FittedHead {
  const files = request.featureFiles.map(openFeatureFile);
  try {
    return fit(request, files, onProgress);
  } finally {
    for (const file of files) file.close();
  }
}

function fit(
  request: FitRequest,
  files: readonly FeatureFile[],
  onProgress: (done: number, total: number) => void,
): FittedHead {
  const { kind, classes, labels, recipe } = request;
  const random = createRandom(request.seed);
  const heldOut = Math.round(recipe.heldOutShare * labels.length);
  const scaling = standardization(files, heldOut);
  const features = files[0]!.columns;
  const variables = initialVariables(features, classes, kind, random);
  const statistics = {
    mean: new Float32Array(kind.hidden?.units ?? 0),
    variance: new Float32Array(kind.hidden?.units ?? 0).fill(1),
  };

  const blocksPerPass = Math.floor((labels.length - heldOut) / BLOCK);
  const blocks = blocksPerPass * files.length;
  const blocksPerStep = Math.min(recipe.batchSize / BLOCK, blocks);
  const batchSize = blocksPerStep * BLOCK;
  // The rest of an epoch that fills no batch is left out, since a tiny batch has no statistics.
  const stepsPerEpoch = Math.floor(blocks / blocksPerStep);
  const steps = stepsPerEpoch * recipe.epochs;
  const inputs = new Float32Array(batchSize * features);
  const epochs: EpochReport[] = [];
  let parameters: ReadonlyMap<string, Tensor> = new Map();
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    const order = permutation(blocks, random);
    let lossSum = 0;
    for (let batch = 0; batch < stepsPerEpoch; batch++) {
      const step = epoch * stepsPerEpoch + batch;
      const targets = new Float32Array(batchSize * classes).fill(recipe.labelSmoothing / classes);
      for (let position = 0; position < blocksPerStep; position++) {
        const block = order[batch * blocksPerStep + position]!;
        const row = heldOut + (block % blocksPerPass) * BLOCK;
        files[Math.floor(block / blocksPerPass)]!.readRows(row, BLOCK, inputs, position * BLOCK * features);
        for (let within = 0; within < BLOCK; within++) {
          targets[(position * BLOCK + within) * classes + labels[row + within]!]! +=
            1 - recipe.labelSmoothing;
        }
      }
      standardize(inputs, scaling);
      const mask = dropoutMask(kind, batchSize, random);
      const result = tf.tidy(() =>
        headGradients(
          tensorsOf(variables),
          kind.hidden,
          tf.tensor2d(inputs, [batchSize, features]),
          tf.tensor2d(targets, [batchSize, classes]),
          mask === undefined ? undefined : tf.tensor2d(mask, [batchSize, kind.hidden!.units]),
        ),
      );
      const rate = oneCycle(step, steps, recipe.peakLearningRate);
      for (const [name, variable] of Object.entries(variables)) {
        variable.update(result.gradients[name as keyof HeadTensors]!, rate, recipe.weightDecay);
      }
      if (result.statistics !== undefined) {
        follow(statistics.mean, result.statistics.mean.dataSync(), 1);
        follow(statistics.variance, result.statistics.variance.dataSync(), batchSize / (batchSize - 1));
      }
      lossSum += result.loss.dataSync()[0]!;
      tf.dispose(result);
      onProgress(step + 1, steps);
    }
    parameters = foldHead(tensorsOf(variables), kind, statistics, scaling);
    epochs.push({
      epoch: epoch + 1,
      loss: lossSum / stepsPerEpoch,
      heldOutAccuracy: accuracy(parameters, kind, files[0]!, labels.subarray(0, heldOut)),
    });
  }
  for (const variable of Object.values(variables)) variable.dispose();
  return { parameters, epochs };
}

type HeadVariables = { readonly [Name in keyof HeadTensors]: AdamWVariable };

/** Uniform in ±1/√inputs for weights and biases, as PyTorch's Linear starts. */
function initialVariables(
  features: number,
  classes: number,
  { hidden }: HeadKind,
  random: () => number,
): HeadVariables {
  const uniform = (rows: number, columns: number, fanIn: number, decays: boolean): AdamWVariable => {
    const bound = 1 / Math.sqrt(fanIn);
    const values = Float32Array.from({ length: rows * columns }, () => (2 * random() - 1) * bound);
    return new AdamWVariable(values, [rows, columns], decays);
  };
  const units = hidden?.units ?? features;
  const top = { weight: uniform(units, classes, units, true), bias: uniform(1, classes, units, false) };
  if (hidden === undefined) return top;
  const hiddenWeight = uniform(features, units, features, true);
  if (!hidden.batchNormalization)
    return { hiddenWeight, hiddenBias: uniform(1, units, features, false), ...top };
  return {
    hiddenWeight,
    gain: new AdamWVariable(new Float32Array(units).fill(1), [1, units], false),
    hiddenBias: new AdamWVariable(new Float32Array(units), [1, units], false),
    ...top,
  };
}

function tensorsOf(variables: HeadVariables): HeadTensors {
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [name, variable.value]),
  ) as unknown as HeadTensors;
}

function standardize(rows: Float32Array, { mean, scale }: Standardization): void {
  for (let start = 0; start < rows.length; start += mean.length) {
    for (let column = 0; column < mean.length; column++) {
      rows[start + column] = (rows[start + column]! - mean[column]!) * scale[column]!;
    }
  }
}

function dropoutMask(
  { hidden }: HeadKind,
  batchSize: number,
  random: () => number,
): Float32Array | undefined {
  if (hidden === undefined || hidden.dropout === 0) return undefined;
  const { dropout, units } = hidden;
  const kept = 1 / (1 - dropout);
  const mask = new Float32Array(batchSize * units);
  for (let index = 0; index < mask.length; index++) mask[index] = random() < dropout ? 0 : kept;
  return mask;
}

function follow(running: Float32Array, batch: ArrayLike<number>, factor: number): void {
  for (let unit = 0; unit < running.length; unit++) {
    running[unit]! += STATISTICS_MOMENTUM * (batch[unit]! * factor - running[unit]!);
  }
}

/** Rows of a file that are classified at once. */
const CHUNK = 1000;

/** Top-1 accuracy of a folded head over the first rows of a file, whose labels are given; a fraction. */
function accuracy(
  parameters: ReadonlyMap<string, Tensor>,
  kind: HeadKind,
  file: FeatureFile,
  labels: Uint16Array,
): number {
  let correct = 0;
  for (let start = 0; start < labels.length; start += CHUNK) {
    const part = labels.subarray(start, start + CHUNK);
    const inputs = new Float32Array(part.length * file.columns);
    file.readRows(start, part.length, inputs, 0);
    const predictions = predict(parameters, kind, inputs, file.columns);
    for (let row = 0; row < part.length; row++) if (predictions[row] === part[row]) correct++;
  }
  return correct / labels.length;
}

/** The classes that a folded head gives to rows of features. */
function predict(
  parameters: ReadonlyMap<string, Tensor>,
  kind: HeadKind,
  inputs: Float32Array,
  columns: number,
): ArrayLike<number> {
  return tf.tidy(() => {
    const connected = (input: tf.Tensor2D, name: string): tf.Tensor2D => {
      const { shape, data } = parameters.get(`${name}.weight`)!;
      const weight = tf.tensor2d(data, [shape[0]!, shape[1]!]);
      return tf.add(
        tf.matMul(input, tf.transpose(weight)),
        tf.tensor1d(parameters.get(`${name}.bias`)!.data),
      );
    };
    const features = tf.tensor2d(inputs, [inputs.length / columns, columns]);
    const top = kind.hidden === undefined ? features : tf.relu(connected(features, 'hidden'));
    return tf.argMax(connected(top, 'logits'), 1).dataSync();
  });
}
