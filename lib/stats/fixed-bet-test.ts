/** Share of the largest bet that no loss can turn into debt. */
const MOST_STAKED = 0.5;

/**
 * The variance that the bet is made for, as a share of the largest that the bound allows, m (1 − m): costs of several exits have half to two thirds
 * of it. A wrong guess costs power, never validity: between one third and all of it the bound is at most 5 % wider than at its best.
 */
const VARIANCE_SHARE = 0.6;

/**
 * P-value of "the mean is at least the bound" from independent values in [0, 1] by one bet that is the same throughout, fixed by the bound, the number
 * of values and the level alone: 1 over the wealth Π (1 − bet · (value − bound)), which depends on no order (Waudby-Smith & Ramdas 2024, JRSS B
 * 86:1-27, section 4, with a constant bet; Markov's inequality). Exact at every n for any distribution.
 *
 * @param counts of each value.
 * @param values in [0, 1].
 * @param bound strictly between 0 and 1.
 * @param level that the bet is made for; the p-value is valid at every other.
 * @throws RangeError when the bound or the level is out of range.
 * @example fixedBetPValue([8, 1, 3], [0, 0.25, 0.5], 0.5, 0.05) // 0.0312
 */
export function fixedBetPValue(
  counts: readonly number[],
  values: readonly number[],
  bound: number,
  level: number,
): number {
  if (!(bound > 0 && bound < 1)) throw new RangeError(`the bound must lie between 0 and 1, got ${bound}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`the level must lie between 0 and 1, got ${level}`);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const variance = VARIANCE_SHARE * bound * (1 - bound);
  const bet = Math.min(MOST_STAKED / (1 - bound), Math.sqrt((2 * Math.log(1 / level)) / (n * variance)));
  const wealth = counts.reduce(
    (sum, count, place) => sum + count * Math.log1p(-bet * (values[place]! - bound)),
    0,
  );
  return Math.min(1, Math.exp(-wealth));
}
