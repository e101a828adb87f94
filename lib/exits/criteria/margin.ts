import type { ExitOutput } from './criterion.js';
import { softmaxTerms } from './softmax-terms.js';

/** The largest softmax probability minus the second largest, in [0, 1] (Scheffer et al. 2001, IDA; "breaking ties"). */
export function margin(output: ExitOutput): number {
  const { logits, start, classes } = output;
  const { largest, sum } = softmaxTerms(output);
  let first = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (let index = start; index < start + classes; index++) {
    const logit = logits[index]!;
    if (logit > first) {
      second = first;
      first = logit;
    } else if (logit > second) second = logit;
  }
  return (1 - Math.exp(second - largest)) / sum;
}
