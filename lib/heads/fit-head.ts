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
  /** One file a pass over the images, rows in the same order in all; the first holds the images as they are. */
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

function fit(request: FitRequest, files: readonly FeatureFile[], onProgress: (done: number, total: number) => void): FittedHead {
  const { kind, classes, labels, recipe } = request;
  const random = createRandom(request.seed);
  const order = permutation(labels.length, random);
  const heldOutRows = order.slice(0, Math.round(recipe.heldOutShare * labels.length));
  const fittingRows = order.slice(heldOutRows.length);
  const scaling = standardization(files, fittingRows);
  const features = files[0]!.columns;
  const variables = initialVariables(features, classes, kind, random);
  const statistics = { mean: new Float32Array(kind.hidden?.units ?? 0), variance: new Float32Array(kind.hidden?.units ?? 0).fill(1) };

  const samples = fittingRows.length * files.length;
  const batchSize = Math.min(recipe.batchSize, samples);
  // The rest of an epoch that fills no batch is left out, since a tiny batch has no statistics.
  const stepsPerEpoch = Math.floor(samples / batchSize);
  const steps = stepsPerEpoch * recipe.epochs;
  const inputs = new Float32Array(batchSize * features);
  const epochs: EpochReport[] = [];
  let parameters: ReadonlyMap<string, Tensor> = new Map();
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    const sampleOrder = permutation(samples, random);
    let lossSum = 0;
    for (let batch = 0; batch < stepsPerEpoch; batch++) {
      const step = epoch * stepsPerEpoch + batch;
      const targets = new Float32Array(batchSize * classes).fill(recipe.labelSmoothing / classes);
      for (let position = 0; position < batchSize; position++) {
        const sample = sampleOrder[batch * batchSize + position]!;
        const row = fittingRows[sample % fittingRows.length]!;
        files[Math.floor(sample / fittingRows.length)]!.readRow(row, inputs, position * features);
        targets[position * classes + labels[row]!]! += 1 - recipe.labelSmoothing;
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
      heldOutAccuracy: accuracy(parameters, kind, files[0]!, heldOutRows, labels),
    });
  }
  for (const variable of Object.values(variables)) variable.dispose();
  return { parameters, epochs };
}

type HeadVariables = { readonly [Name in keyof HeadTensors]: AdamWVariable };

/** Uniform in ±1/√inputs for weights and biases, as PyTorch's Linear starts. */
function initialVariables(features: number, classes: number, { hidden }: HeadKind, random: () => number): HeadVariables {
  const uniform = (rows: number, columns: number, fanIn: number, decays: boolean): AdamWVariable => {
    const bound = 1 / Math.sqrt(fanIn);
    const values = Float32Array.from({ length: rows * columns }, () => (2 * random() - 1) * bound);
    return new AdamWVariable(values, [rows, columns], decays);
  };
  const units = hidden?.units ?? features;
  const top = { weight: uniform(units, classes, units, true), bias: uniform(1, classes, units, false) };
  if (hidden === undefined) return top;
  const hiddenWeight = uniform(features, units, features, true);
  if (!hidden.batchNormalization) return { hiddenWeight, hiddenBias: uniform(1, units, features, false), ...top };
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

function dropoutMask({ hidden }: HeadKind, batchSize: number, random: () => number): Float32Array | undefined {
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

/** Top-1 accuracy of a folded head over some rows, a fraction. */
function accuracy(
  parameters: ReadonlyMap<string, Tensor>,
  kind: HeadKind,
  file: FeatureFile,
  rows: Uint32Array,
  labels: Uint16Array,
): number {
  const chunk = 1000;
  const inputs = new Float32Array(chunk * file.columns);
  let correct = 0;
  for (let start = 0; start < rows.length; start += chunk) {
    const part = rows.subarray(start, start + chunk);
    part.forEach((row, position) => file.readRow(row, inputs, position * file.columns));
    const predictions = tf.tidy(() => {
      const connected = (input: tf.Tensor2D, name: string): tf.Tensor2D => {
        const { shape, data } = parameters.get(`${name}.weight`)!;
        const weight = tf.tensor2d(data, [shape[0]!, shape[1]!]);
        return tf.add(tf.matMul(input, tf.transpose(weight)), tf.tensor1d(parameters.get(`${name}.bias`)!.data));
      };
      const raw = tf.tensor2d(inputs.subarray(0, part.length * file.columns), [part.length, file.columns]);
      return tf.argMax(connected(kind.hidden === undefined ? raw : tf.relu(connected(raw, 'hidden')), 'logits'), 1).dataSync();
    });
    part.forEach((row, position) => {
      if (predictions[position] === labels[row]) correct++;
    });
  }
  return correct / rows.length;
}
