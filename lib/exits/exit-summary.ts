import { softmaxTerms } from './criteria/softmax-terms.js';

/** What the softmax of some logits says of each image, labels apart. */
export interface ExitSummary {
  /** The likeliest class; the first of equals. */
  readonly prediction: Uint16Array;
  /** The largest probability. */
  readonly confidence: Float64Array;
  /** The largest probability less the second largest. */
  readonly margin: Float64Array;
  /** Log-probabilities, `classes` values an image. */
  readonly logProbabilities: Float64Array;
}

/** Several methods ask the same logits for the same, and a logit's bytes never change. */
const summaries = new WeakMap<Float32Array, ExitSummary>();

/** The softmax of logits, an image each; kept as long as the logits are. @param logits `classes` values an image. */
export function exitSummary(logits: Float32Array, classes: number): ExitSummary {
  const known = summaries.get(logits) ?? summarize(logits, classes);
  summaries.set(logits, known);
  return known;
}

function summarize(logits: Float32Array, classes: number): ExitSummary {
  const images = logits.length / classes;
  const prediction = new Uint16Array(images);
  const confidence = new Float64Array(images);
  const margin = new Float64Array(images);
  const logProbabilities = new Float64Array(logits.length);
  for (let image = 0; image < images; image++) {
    const start = image * classes;
    const { largest, sum } = softmaxTerms({ logits, start, classes, top: 1, agreeing: 1 });
    const normalizer = largest + Math.log(sum);
    let first = -1;
    let second = Number.NEGATIVE_INFINITY;
    for (let label = 0; label < classes; label++) {
      const value = logits[start + label]!;
      logProbabilities[start + label] = value - normalizer;
      if (first < 0 || value > logits[start + first]!) {
        if (first >= 0) second = logits[start + first]!;
        first = label;
      } else if (value > second) second = value;
    }
    prediction[image] = first;
    confidence[image] = 1 / sum;
    margin[image] = (1 - Math.exp(second - largest)) / sum;
  }
  return { prediction, confidence, margin, logProbabilities };
}
