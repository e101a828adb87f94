/**
 * The wealth of a gambler who begins with 1 and bets, observation by observation, that a rate has risen above a bound. It says how strong
 * the evidence is, whenever one looks.
 */
export interface RiseWealth {
  /** Observations so far. */
  readonly observations: number;
  /** Natural logarithm of what the money on each alternative rate has become; empty before the first observation. */
  readonly logStakes: readonly number[];
}

/** How many rates above the bound are bet on. */
export const RISE_ALTERNATIVES = 12;

/** Each alternative lies this share as far from the bound as the one before, on the scale on which binomial rates are equally hard to tell apart. */
const NEARER = 2 / 3;

/** Where the highest alternative lies between the bound and 1, on that scale. */
const FARTHEST = 0.9;

/** Observations after which the stakes begin to thin out, and how fast. */
const [PACE, THINNING] = [200, 0.5];

/** Before anything was observed. */
export const NO_RISE_WEALTH: RiseWealth = { observations: 0, logStakes: [] };

/**
 * Bets that a rate has risen above a bound: what it returns makes of a wealth the wealth after one more observation. Before each some of the
 * money in reserve is laid on every alternative, where it stays, multiplied by the likelihood ratio of what is seen. Where the chance of a
 * hit, given all before, is never above the bound, the wealth is a nonnegative supermartingale that starts from 1: it ever reaches 1/α with
 * a probability of at most α, whatever the moment one looks (Ville 1939; betting as in Waudby-Smith & Ramdas 2024, JRSS B 86:1-27). Money
 * that comes in late has lost nothing in a long time without a rise, so that a late one is found too (mixtures over the moment of change:
 * Pollak 1987, Annals of Statistics 15:749-779; Shin, Ramdas & Rinaldo, arXiv 2203.03532).
 *
 * @param bound on the rate, a fraction; the same at every observation.
 * @throws RangeError unless the bound lies between 0 and 1.
 * @example
 * const next = betOnRise(0.1);
 * logRiseWealth(next(NO_RISE_WEALTH, true)); // 0.00561: a 400th of the money was bet
 */
export function betOnRise(bound: number): (wealth: RiseWealth, isHit: boolean) => RiseWealth {
  if (!(bound > 0 && bound < 1))
    throw new RangeError(`the bound must be a fraction between 0 and 1, got ${bound}`);
  const rates = alternativesTo(bound);
  const onHit = rates.map((rate) => Math.log(rate / bound));
  const onMiss = rates.map((rate) => Math.log1p(-rate) - Math.log1p(-bound));
  return ({ observations, logStakes }, isHit) => {
    const laid = Math.log((reserve(observations) - reserve(observations + 1)) / RISE_ALTERNATIVES);
    const ratios = isHit ? onHit : onMiss;
    return {
      observations: observations + 1,
      logStakes: ratios.map(
        (ratio, index) => logSum([logStakes[index] ?? Number.NEGATIVE_INFINITY, laid]) + ratio,
      ),
    };
  };
}

/** Natural logarithm of all of a wealth, what is in reserve with it. */
export function logRiseWealth({ observations, logStakes }: RiseWealth): number {
  return logSum([...logStakes, Math.log(reserve(observations))]);
}

/** How much was not bet yet after so many observations. */
function reserve(observations: number): number {
  return (1 + observations / PACE) ** -THINNING;
}

/** The alternatives to a bound, from the highest. */
function alternativesTo(bound: number): readonly number[] {
  const angle = Math.asin(Math.sqrt(bound));
  const farthest = FARTHEST * (Math.PI / 2 - angle);
  return Array.from(
    { length: RISE_ALTERNATIVES },
    (_, index) => Math.sin(angle + farthest * NEARER ** index) ** 2,
  );
}

/** ln Σ exp(value), without overflow. */
function logSum(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
