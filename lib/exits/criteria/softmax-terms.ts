import type { ExitOutput } from './criterion.js';

/**
 * Sum of an image's exponentiated logits, each divided by the largest, so that nothing overflows. The probability of a class is
 * exp(logit − largest) / sum.
 */
export function softmaxTerms({ logits, start, classes }: ExitOutput): { largest: number; sum: number } {
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = start; index < start + classes; index++) largest = Math.max(largest, logits[index]!);
  let sum = 0;
  for (let index = start; index < start + classes; index++) sum += Math.exp(logits[index]! - largest);
  return { largest, sum };
}
