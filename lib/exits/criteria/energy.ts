import type { ExitOutput } from './criterion.js';
import { softmaxTerms } from './softmax-terms.js';

/** The logarithm of the summed exponentiated logits, minus the free energy; any real number (Liu et al. 2020, arXiv 2010.03759). */
export function energy(output: ExitOutput): number {
  const { largest, sum } = softmaxTerms(output);
  return largest + Math.log(sum);
}
