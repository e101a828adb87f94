import { softmaxColumns, tablesOf } from './exit-columns.js';
import type { Neighbour } from './neighbour.js';
import { shareThresholds } from './share-thresholds.js';

/** Ratios of the law, from where all but a thousandth of the images go on to the end to where all but one leave at the first exit. */
const STEPS = 120;
const FIRST_LOG_RATIO = Math.log(1000);

/** Shares of a geometric law over the exits and the end: each `ratio` times the one before. They add up to 1, the end's left out. */
export function geometricShares(exits: number, ratio: number): readonly number[] {
  // From the larger end, so that nothing overflows.
  const terms = Array.from({ length: exits + 1 }, (_, exit) =>
    ratio > 1 ? ratio ** (exit - exits) : ratio ** exit,
  );
  const sum = terms.reduce((total, term) => total + term, 0);
  return terms.slice(0, exits).map((term) => term / sum);
}

/** MSDNet's budgeted classification. */
export const GEOMETRIC_SHARES: Neighbour = {
  source: 'MSDNet: Huang et al. 2018, arXiv 1703.09844, budgeted batch classification',
  differs:
    'The exits are heads on a frozen network, and MSDNet was trained with its own. The ratio runs from 1000 to 0.001, where the source stops at about 2, so that the path begins where nobody leaves.',
  fit(making, top) {
    const thresholdsFor = shareThresholds(softmaxColumns(making, top));
    const scorer = (outputs: typeof making) => tablesOf(outputs, top, softmaxColumns(outputs, top));
    const exits = making.exitLogits.length;
    return Array.from({ length: STEPS }, (_, step) => {
      const ratio = Math.exp(FIRST_LOG_RATIO * (1 - (2 * step) / (STEPS - 1)));
      return { parameter: ratio, scorer, thresholds: thresholdsFor(geometricShares(exits, ratio)) };
    });
  },
};
