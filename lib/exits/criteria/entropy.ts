import type { ExitOutput } from './criterion.js';
import { softmaxTerms } from './softmax-terms.js';

/**
 * 1 minus the entropy of the softmax over its largest possible value, the logarithm of the number of classes; in [0, 1]
 * (BranchyNet: Teerapittayanon et al. 2016, arXiv 1709.01686, there the entropy itself, to be below a threshold).
 */
export function entropy(output: ExitOutput): number {
  const { logits, start, classes } = output;
  const { largest, sum } = softmaxTerms(output);
  // H = ln(sum) − Σ p·(z − largest).
  let mean = 0;
  for (let index = start; index < start + classes; index++) {
    const distance = logits[index]! - largest;
    mean += (Math.exp(distance) / sum) * distance;
  }
  return 1 - (Math.log(sum) - mean) / Math.log(classes);
}
