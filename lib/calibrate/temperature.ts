import { softmaxTerms } from '../exits/criteria/softmax-terms.js';
import type { RecordedOutputs } from '../exits/recorded-outputs.js';
import type { Scoring } from '../exits/scoring.js';

/** Range of temperatures that is searched, as natural logarithms, and the width at which it ends. */
const LOG_RANGE = { low: Math.log(0.05), high: Math.log(20), width: 1e-4 } as const;

/**
 * The temperature that makes logits likeliest: the least mean cross-entropy of softmax(logits / T) with the labels (Guo et al.
 * 2017, arXiv 1706.04599, section 4.2). Convex in 1/T, so that a golden-section search finds it.
 *
 * @param logits `classes` values an image.
 */
export function fitTemperature(logits: Float32Array, labels: ArrayLike<number>, classes: number): number {
  const scaled = new Float64Array(logits.length);
  const loss = (logTemperature: number): number => {
    const temperature = Math.exp(logTemperature);
    for (let index = 0; index < logits.length; index++) scaled[index] = logits[index]! / temperature;
    let sum = 0;
    for (let image = 0; image < labels.length; image++) {
      const start = image * classes;
      const terms = softmaxTerms({ logits: scaled, start, classes, top: 1, agreeing: 1 });
      sum += Math.log(terms.sum) + terms.largest - scaled[start + labels[image]!]!;
    }
    return sum;
  };
  return Math.exp(goldenSection(loss, LOG_RANGE.low, LOG_RANGE.high, LOG_RANGE.width));
}

/** A scoring with temperatures fitted to recorded outputs where its criterion asks for them. */
export function withTemperatures(scoring: Scoring, outputs: RecordedOutputs): Scoring {
  if (scoring.criterion !== 'temperature') return scoring;
  const { exitLogits, labels, classes } = outputs;
  return { ...scoring, temperatures: exitLogits.map((logits) => fitTemperature(logits, labels, classes)) };
}

/** Where a function with one minimum between two ends has it. */
function goldenSection(value: (position: number) => number, from: number, to: number, width: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let left = { at: high - ratio * (high - low), value: 0 };
  let right = { at: low + ratio * (high - low), value: 0 };
  left.value = value(left.at);
  right.value = value(right.at);
  while (high - low > width) {
    if (left.value < right.value) {
      high = right.at;
      right = left;
      const at = high - ratio * (high - low);
      left = { at, value: value(at) };
    } else {
      low = left.at;
      left = right;
      const at = low + ratio * (high - low);
      right = { at, value: value(at) };
    }
  }
  return (low + high) / 2;
}
