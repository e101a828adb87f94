import type { ExitOutput } from './criterion.js';
import { softmaxTerms } from './softmax-terms.js';

/**
 * The largest softmax probability, in (0, 1]; a saturated softmax gives exactly 1. (Berestizshevsky & Even, arXiv 1805.10982,
 * section 3; Hendrycks & Gimpel, arXiv 1610.02136.)
 */
export function softmaxMaximum(output: ExitOutput): number {
  return 1 / softmaxTerms(output).sum;
}
