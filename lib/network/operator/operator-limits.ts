/** More of anything than an operator of a classifier has: what is read from a model must be what `network.json` may hold. */
export const OPERATOR_LIMITS = {
  /** Axes of a constant. */
  axes: 16,
  inputs: 4096,
  attributes: 16,
  /** Whole numbers of an input. */
  integers: 2 ** 20,
  /** Whole numbers of an attribute. */
  listed: 64,
  /** Characters of an attribute. */
  text: 1000,
} as const;
