import type { Criterion } from './criteria/criterion.js';
import { energy } from './criteria/energy.js';
import { entropy } from './criteria/entropy.js';
import { margin } from './criteria/margin.js';
import { patience } from './criteria/patience.js';
import { softmaxMaximum } from './criteria/softmax-maximum.js';
import { topKSum } from './criteria/top-k-sum.js';

/** The measures of confidence, by the names that `--criterion` takes. `temperature` is the softmax maximum of logits that calibration has divided by one number an exit. */
export const CRITERIA = {
  softmax: softmaxMaximum,
  'top-k': topKSum,
  margin,
  entropy,
  energy,
  temperature: softmaxMaximum,
  patience,
} as const satisfies Readonly<Record<string, Criterion>>;

export type CriterionName = keyof typeof CRITERIA;

export const CRITERION_NAMES = Object.keys(CRITERIA) as readonly CriterionName[];
