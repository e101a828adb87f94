/**
 * Confidence of a classifier in its prediction: the largest softmax probability, in (0, 1]. A saturated softmax gives
 * exactly 1. (Berestizshevsky & Even, arXiv 1805.10982, section 3; Hendrycks & Gimpel, arXiv 1610.02136.)
 *
 * @param logits of one or many inputs, `classes` values each.
 * @param start where the input's values begin.
 */
export function softmaxConfidence(logits: ArrayLike<number>, start: number, classes: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = start; index < start + classes; index++) largest = Math.max(largest, logits[index]!);
  // Divided by the largest term, so that nothing overflows: 1 / Σ exp(z − z_max).
  let sum = 0;
  for (let index = start; index < start + classes; index++) sum += Math.exp(logits[index]! - largest);
  return 1 / sum;
}
