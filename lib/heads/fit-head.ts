import tf = require('@tensorflow/tfjs-core');

import type { Shape } from '../network/graph.js';
import type { Tensor } from '../network/tensor.js';
import { permutation } from '../stats/permutation.js';
import { createRandom } from '../stats/random.js';
import { classMeansHead } from './class-means.js';
import { accuracy } from './classify-features.js';
import type { FeatureFile } from './feature-file.js';
import { openFeatureFile } from './feature-file.js';
import { foldHead, type RunningStatistics } from './fold-head.js';
import type { PooledHead } from './head-kinds.js';
import { openHeadStem } from './head-stem.js';
import { headGradients } from './head-step.js';
import { disposeVariables, initialVariables, tensorsOf, updateVariables } from './head-variables.js';
import type { BatchStatistics } from './layer-step.js';
import { oneCycle, type Recipe } from './recipe.js';
import { standardization, standardize } from './standardization.js';

export interface FitHeadOptions {
  readonly kind: PooledHead;
  /** `[channels, height, width]` of the feature map at the exit. */
  readonly inputShape: Shape;
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

/** Neighbouring rows read at once, if there are as many: one system call instead of sixteen. */
const BLOCK = 16;

/** The most features of a batch; a convolution on the large maps of an ImageNet network would take gigabytes otherwise. */
const MOST_VALUES = 2 ** 25;

/** How much of each step's batch statistics enters the running ones (PyTorch's default momentum). */
const STATISTICS_MOMENTUM = 0.1;

/**
 * Fits one head on recorded features with TensorFlow.js on the backend that is current. The same options gives the same head
 * on the same backend.
 *
 * @param onProgress called after every step with the steps done and to do.
 */
export function fitHead(
  options: FitHeadOptions,
  onProgress: (done: number, total: number) => void = () => {},
): FittedHead {
  const files = options.featureFiles.map(openFeatureFile);
  try {
    return options.kind.classMeans
      ? average(options, files[0]!, onProgress)
      : fit(options, files, onProgress);
  } finally {
    for (const file of files) file.close();
  }
}

function fit(
  options: FitHeadOptions,
  files: readonly FeatureFile[],
  onProgress: (done: number, total: number) => void,
): FittedHead {
  const { kind, classes, labels, recipe } = options;
  const random = createRandom(options.seed);
  const heldOut = heldOutRows(recipe, labels);
  const features = files[0]!.columns;
  const stem = openHeadStem(kind, options.inputShape, features);
  const scaling = stem.scaling(standardization(files, heldOut));
  const variables = initialVariables(stem.inputs, classes, kind, random);
  const statistics = {
    ...(kind.convolution && { convolution: initialStatistics(kind.convolution.channels) }),
    ...(kind.hidden && { hidden: initialStatistics(kind.hidden.units) }),
  };

  const blockRows = Math.min(BLOCK, labels.length - heldOut);
  const blocksPerPass = Math.floor((labels.length - heldOut) / blockRows);
  const blocks = blocksPerPass * files.length;
  const largestBatch = Math.max(1, Math.floor(MOST_VALUES / (features * blockRows)));
  const blocksPerStep = Math.min(Math.floor(recipe.batchSize / blockRows), blocks, largestBatch);
  const batchSize = blocksPerStep * blockRows;
  // Noisier gradients take smaller steps: the square root for Adam (Malladi et al., arXiv 2205.10287).
  const peakLearningRate =
    recipe.peakLearningRate * Math.sqrt(Math.min(1, (largestBatch * blockRows) / recipe.batchSize));
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
        const row = heldOut + (block % blocksPerPass) * blockRows;
        files[Math.floor(block / blocksPerPass)]!.readRows(
          row,
          blockRows,
          inputs,
          position * blockRows * features,
        );
        for (let within = 0; within < blockRows; within++) {
          targets[(position * blockRows + within) * classes + labels[row + within]!]! +=
            1 - recipe.labelSmoothing;
        }
      }
      standardize(inputs, scaling);
      const mask = dropoutMask(kind, batchSize, random);
      const result = tf.tidy(() =>
        headGradients(tensorsOf(variables), {
          inputs: stem.layerInputs(inputs, batchSize),
          targets: tf.tensor2d(targets, [batchSize, classes]),
          mask: mask === undefined ? undefined : tf.tensor2d(mask, [batchSize, kind.hidden!.units]),
          pooling: stem.pooling,
        }),
      );
      const rate = oneCycle(step, steps, peakLearningRate);
      updateVariables(variables, result.gradients, rate, recipe.weightDecay);
      follow(statistics.convolution, result.statistics.convolution, batchSize * stem.positions);
      follow(statistics.hidden, result.statistics.hidden, batchSize);
      lossSum += result.loss.dataSync()[0]!;
      tf.dispose(result);
      onProgress(step + 1, steps);
    }
    parameters = foldHead(tensorsOf(variables), kind.convolution, statistics, scaling);
    epochs.push({
      epoch: epoch + 1,
      loss: lossSum / stepsPerEpoch,
      heldOutAccuracy: accuracy(parameters, stem, files[0]!, labels.subarray(0, heldOut)),
    });
  }
  disposeVariables(variables);
  stem.dispose();
  return { parameters, epochs };
}

/** A head of class means, of the images as they are: one look, and no loss. */
function average(
  { kind, inputShape, classes, labels, recipe }: FitHeadOptions,
  file: FeatureFile,
  onProgress: (done: number, total: number) => void,
): FittedHead {
  const heldOut = heldOutRows(recipe, labels);
  const parameters = classMeansHead(file, labels, classes, heldOut);
  const stem = openHeadStem(kind, inputShape, file.columns);
  const heldOutAccuracy = accuracy(parameters, stem, file, labels.subarray(0, heldOut));
  stem.dispose();
  onProgress(1, 1);
  return { parameters, epochs: [{ epoch: 1, loss: 0, heldOutAccuracy }] };
}

function heldOutRows({ heldOutShare }: Recipe, labels: Uint16Array): number {
  return Math.max(1, Math.round(heldOutShare * labels.length));
}

function dropoutMask(
  { hidden }: PooledHead,
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

function initialStatistics(units: number): RunningStatistics {
  return { mean: new Float32Array(units), variance: new Float32Array(units).fill(1) };
}

/** @param rows of the batch; the running variance is the unbiased one, as PyTorch's. */
function follow(
  running: RunningStatistics | undefined,
  batch: BatchStatistics | undefined,
  rows: number,
): void {
  if (running === undefined || batch === undefined) return;
  const mean = batch.mean.dataSync();
  const variance = batch.variance.dataSync();
  for (let unit = 0; unit < mean.length; unit++) {
    running.mean[unit]! += STATISTICS_MOMENTUM * (mean[unit]! - running.mean[unit]!);
    const unbiased = (variance[unit]! * rows) / (rows - 1);
    running.variance[unit]! += STATISTICS_MOMENTUM * (unbiased - running.variance[unit]!);
  }
}
