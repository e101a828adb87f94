import { argmax } from '../stats/argmax.js';
import type { ExitOutput } from './criteria/criterion.js';
import { softmaxTerms } from './criteria/softmax-terms.js';
import { CRITERIA } from './criteria.js';
import { averagesOutputs, type Scoring } from './scoring.js';

/** What the exits before leave behind for the next one, for some images that each have a slot. */
export class ExitHistory {
  /** Averaged outputs of the exit before, `classes` values a slot; zeros before the first exit. */
  readonly averaged: Float64Array;
  /** Class predicted by the exit before; −1 before the first. */
  readonly prediction: Int32Array;
  /** Exits in a row that predicted it. */
  readonly agreeing: Int32Array;

  constructor(slots: number, classes: number) {
    this.averaged = new Float64Array(slots * classes);
    this.prediction = new Int32Array(slots).fill(-1);
    this.agreeing = new Int32Array(slots);
  }

  /** Makes a slot ready for another image. */
  clear(slot: number): void {
    const classes = this.averaged.length / this.prediction.length;
    this.averaged.fill(0, slot * classes, (slot + 1) * classes);
    this.prediction[slot] = -1;
    this.agreeing[slot] = 0;
  }
}

/** What an exit says about some images. */
export interface ExitScores {
  /** Logits as they count: divided by the temperature, averaged with those before; `classes` values an image. */
  readonly outputs: Float64Array;
  /** The likeliest class, an image each; the first of equals. */
  readonly prediction: Int32Array;
  readonly confidence: Float64Array;
}

/**
 * Predictions and confidences of one exit, the same for recorded and for running networks.
 *
 * @param logits of the exit's head, `classes` values an image.
 * @param exit its number among all exits, disabled ones counted.
 * @param history of the exits run before, brought up to date.
 * @param slots the slot of each image in the history.
 */
export function scoreExit(
  scoring: Scoring,
  logits: Float32Array,
  exit: number,
  history: ExitHistory,
  slots: ArrayLike<number>,
): ExitScores {
  const images = slots.length;
  const classes = logits.length / images;
  const criterion = CRITERIA[scoring.criterion];
  const outputs = scaledOutputs(scoring, logits, exit);
  const prediction = new Int32Array(images);
  const confidence = new Float64Array(images);
  const averages = averagesOutputs(scoring);
  for (let image = 0; image < images; image++) {
    const slot = slots[image]!;
    const start = image * classes;
    const output = { logits: outputs, start, classes, top: scoring.top, agreeing: 1 };
    if (averages) average(output, outputs, scoring.averaging, history.averaged, slot * classes);
    const predicted = argmax(outputs, start, classes);
    output.agreeing = predicted === history.prediction[slot] ? history.agreeing[slot]! + 1 : 1;
    history.prediction[slot] = predicted;
    history.agreeing[slot] = output.agreeing;
    prediction[image] = predicted;
    confidence[image] = criterion(output);
  }
  return { outputs, prediction, confidence };
}

/**
 * The full network's outputs as they count for images that no exit lets leave: averaged with those before where the scoring says so.
 * An image that no exit has seen has the full network's own logits.
 *
 * @param logits of the full network, `classes` values an image.
 * @param history of the exits run before.
 * @param slots the slot of each image in the history.
 */
export function scoreLast(
  { lastAveraging = 0, top }: Scoring,
  logits: Float32Array,
  history: ExitHistory,
  slots: ArrayLike<number>,
): Float64Array {
  const images = slots.length;
  const classes = logits.length / images;
  const outputs = new Float64Array(logits);
  if (lastAveraging === 0) return outputs;
  for (let image = 0; image < images; image++) {
    const slot = slots[image]!;
    if (history.prediction[slot] === -1) continue;
    const output = { logits: outputs, start: image * classes, classes, top, agreeing: 1 };
    average(output, outputs, lastAveraging, history.averaged, slot * classes);
  }
  return outputs;
}

/** What an exit's logits are divided by. @param exit its number among all exits. */
export function temperatureOf({ temperatures }: Scoring, exit: number): number {
  return temperatures?.[exit] ?? 1;
}

function scaledOutputs(scoring: Scoring, logits: Float32Array, exit: number): Float64Array {
  const temperature = temperatureOf(scoring, exit);
  const outputs = new Float64Array(logits);
  // A loop, since `from` with a function is ten times slower.
  for (let index = 0; index < outputs.length; index++) outputs[index]! /= temperature;
  return outputs;
}

/** Turns an image's logits into log-probabilities plus the weighted output of the exit before, and keeps the result. */
function average(
  output: ExitOutput,
  outputs: Float64Array,
  weight: number,
  averaged: Float64Array,
  offset: number,
): void {
  const { start, classes } = output;
  const { largest, sum } = softmaxTerms(output);
  const normalizer = largest + Math.log(sum);
  for (let label = 0; label < classes; label++) {
    const value = outputs[start + label]! - normalizer + weight * averaged[offset + label]!;
    outputs[start + label] = value;
    averaged[offset + label] = value;
  }
}

/** Whether a class is among the `top` likeliest of an image; of equals the first come first. */
export function isAmongTop(
  outputs: ArrayLike<number>,
  start: number,
  classes: number,
  label: number,
  top: number,
): boolean {
  const value = outputs[start + label]!;
  let better = 0;
  for (let other = 0; other < classes; other++) {
    const rival = outputs[start + other]!;
    if (rival > value || (rival === value && other < label)) better++;
  }
  return better < top;
}
