import type { Criterion } from './criteria/criterion.js';
import { energy } from './criteria/energy.js';
import { entropy } from './criteria/entropy.js';
import { margin } from './criteria/margin.js';
import { patience } from './criteria/patience.js';
import { softmaxMaximum } from './criteria/softmax-maximum.js';
import { topKSum } from './criteria/top-k-sum.js';

/** The measures of confidence, by the names that `--criterion` takes. */
export const CRITERIA = {
  /** The largest softmax output: the paper's. */
  softmax: softmaxMaximum,
  /** The sum of the `top` largest softmax outputs. */
  'top-k': topKSum,
  /** The largest softmax output less the second. */
  margin,
  /** Entropy of the softmax outputs, the other way round. */
  entropy,
  /** The logarithm of the sum of the logits' exponentials. */
  energy,
  /** The largest softmax output of logits that calibration has divided by one number an exit. */
  temperature: softmaxMaximum,
  /** How many exits in a row say the same. */
  patience,
} as const satisfies Readonly<Record<string, Criterion>>;

/** A measure of confidence, by its name. */
export type CriterionName = keyof typeof CRITERIA;

/** The names of all measures of confidence. */
export const CRITERION_NAMES = Object.keys(CRITERIA) as readonly CriterionName[];
