/**
 * The statistics behind the promise: pure functions, each named after its method, with its source.
 *
 * @example
 * import { pairedDropTest, tangoInterval } from 'cascade-early-exits/stats';
 *
 * pairedDropTest(66, 33, 5000, 0.01); // 0.0492: the p-value of "the true drop is above 1 point"
 * tangoInterval(66, 33, 5000, 0.95); // { low: 0.00275, high: 0.01068 }: the drop's 95 % interval
 *
 * @module cascade-early-exits/stats
 */
export { betaQuantile } from './beta-quantile.js';
export { bettingLogEvidence } from './betting-log-evidence.js';
export { bettingMeanPValue } from './betting-mean-test.js';
export { bettingPValue } from './betting-p-value.js';
export { binomialCdf } from './binomial-cdf.js';
export { clopperPearson } from './clopper-pearson.js';
export { empiricalBernsteinBound } from './empirical-bernstein.js';
export { fixedBetPValue } from './fixed-bet-test.js';
export { hoeffdingBentkus } from './hoeffding-bentkus.js';
export { incompleteBeta } from './incomplete-beta.js';
export type { Interval } from './interval.js';
export { knownValuesBound } from './known-values-bound.js';
export { logGamma } from './log-gamma.js';
export { normalCdf } from './normal-cdf.js';
export { normalQuantile } from './normal-quantile.js';
export { pairedDropTest } from './paired-drop-test.js';
export { permutation } from './permutation.js';
export { quantile } from './quantile.js';
export { createRandom } from './random.js';
export { betOnRise, logRiseWealth, NO_RISE_WEALTH, type RiseWealth } from './rise-wealth.js';
export { tangoInterval } from './tango-interval.js';
export { tangoScore } from './tango-score.js';
