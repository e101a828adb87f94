import { argmax } from '../stats/argmax.js';
import { softmaxConfidence } from './softmax-confidence.js';

/** What one exit says about each input. */
export interface ExitColumn {
  /** Confidence of the exit's head in its prediction, an input each. */
  readonly confidence: Float64Array;
  /** 1 where the head's prediction is right, else 0. */
  readonly correct: Uint8Array;
}

/** Multiply-accumulates for one image; an exit's heads are billed to every image that visits them. */
export interface ExitCosts {
  /** Of the backbone up to each exit's cut point. */
  readonly backboneMacs: readonly number[];
  /** Of each exit's head. */
  readonly headMacs: readonly number[];
  /** Of the whole backbone, its own classifier included, no head. */
  readonly fullMacs: number;
}

/** Everything that choosing thresholds needs of recorded outputs: decisions are replayed from it, no network is run. */
export interface ExitTable {
  readonly images: number;
  /** From the first exit to the last; the backbone's own classifier is not among them. */
  readonly exits: readonly ExitColumn[];
  /** 1 where the full network is right, else 0. */
  readonly fullCorrect: Uint8Array;
  readonly costs: ExitCosts;
}

/**
 * The table of some inputs' recorded logits.
 *
 * @param exitLogits for each exit, `classes` values an input.
 * @param fullLogits the same of the full network.
 * @param rows the inputs to take, in this order.
 */
export function exitTable(
  exitLogits: readonly Float32Array[],
  fullLogits: Float32Array,
  labels: ArrayLike<number>,
  costs: ExitCosts,
  rows: Uint32Array,
): ExitTable {
  const classes = fullLogits.length / labels.length;
  const isRight = (logits: Float32Array): Uint8Array =>
    Uint8Array.from(rows, (row) => (argmax(logits, row * classes, classes) === labels[row] ? 1 : 0));
  return {
    images: rows.length,
    exits: exitLogits.map((logits) => ({
      confidence: Float64Array.from(rows, (row) => softmaxConfidence(logits, row * classes, classes)),
      correct: isRight(logits),
    })),
    fullCorrect: isRight(fullLogits),
    costs,
  };
}
