/** Share of the largest bet that no loss can turn into debt. */
const MOST_STAKED = 0.5;

/** Mean and variance that are believed before anything is seen, worth one observation. */
const PRIOR = { mean: 0.5, variance: 0.25 } as const;

/**
 * P-value of "the mean is at least the bound" from independent values in [0, 1] by betting: a gambler stakes, before each value, on its being
 * below the bound, as much as the values before it make advisable. Where the mean is at least the bound the wealth is a supermartingale,
 * so that the p-value is 1 over the most that it ever was (Ville's inequality). Exact at every n for any distribution, and the smaller the
 * less the values vary. The bets are those of Waudby-Smith & Ramdas 2024 (JRSS B 86:1-27, section 4.3, "hedged capital", the half that is
 * needed for one side): √(2 ln(1 / level) / (n · variance so far)). As `betting_mart(x, bound, theta=0)` of the Python package confseq with
 * `lambda_predmix_eb(x, alpha=level, fixed_n=n)`.
 *
 * @param values in an order that does not depend on them, as they were drawn: a random order of sorted values is one, an order that is the same each
 * time is not. `fixedBetPValue` needs none.
 * @param bound strictly between 0 and 1.
 * @param level that the bets are made for; the p-value is valid at every other.
 * @throws RangeError when the bound or the level is out of range.
 * @example bettingMeanPValue([0, 0.5, 0, 0.25, 0, 0, 0, 0.5, 0, 0, 0, 0], 0.5, 0.05) // 0.0208
 */
export function bettingMeanPValue(values: ArrayLike<number>, bound: number, level: number): number {
  if (!(bound > 0 && bound < 1)) throw new RangeError(`the bound must lie between 0 and 1, got ${bound}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`the level must lie between 0 and 1, got ${level}`);
  const { length } = values;
  const most = MOST_STAKED / (1 - bound);
  const stake = (2 * Math.log(1 / level)) / length;
  let { variance } = PRIOR;
  let sum: number = PRIOR.mean;
  let squares: number = PRIOR.variance;
  let wealth = 0;
  let highest = 0;
  for (let index = 0; index < length; index++) {
    const value = values[index]!;
    wealth += Math.log1p(-Math.min(most, Math.sqrt(stake / variance)) * (value - bound));
    highest = Math.max(highest, wealth);
    sum += value;
    squares += (value - sum / (index + 2)) ** 2;
    variance = squares / (index + 2);
  }
  return Math.exp(-highest);
}
