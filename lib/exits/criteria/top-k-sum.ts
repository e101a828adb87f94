import type { ExitOutput } from './criterion.js';
import { softmaxTerms } from './softmax-terms.js';

/**
 * The sum of the k largest softmax probabilities, in (0, 1], where the k likeliest classes count as the prediction
 * (Berestizshevsky & Even, arXiv 1805.10982, section 5, for top-5 accuracy).
 */
export function topKSum(output: ExitOutput): number {
  const { logits, start, classes, top } = output;
  const { largest, sum } = softmaxTerms(output);
  const terms = Array.from({ length: classes }, (_, index) => logits[start + index]!).sort((a, b) => b - a);
  return terms.slice(0, top).reduce((total, logit) => total + Math.exp(logit - largest), 0) / sum;
}
