import type { ExitOutput } from './criterion.js';

/**
 * How many exits in a row, this one the last, predict the same class (PABEE: Zhou et al. 2020, arXiv 2006.04152). Only exits that
 * are run count, so that disabling one changes the others.
 */
export function patience({ agreeing }: ExitOutput): number {
  return agreeing;
}
