/**
 * Some of a shuffled population, in its order, with as many of each stratum as its share of the population (proportional allocation: Cochran,
 * Sampling Techniques, 3rd edition, section 5.5), rounded by largest remainders.
 *
 * @param shuffled members by number, in random order.
 * @param stratumOf each member, by its number.
 * @param count how many; all of them where there are no more.
 */
export function proportionalSample(
  shuffled: Uint32Array,
  stratumOf: ArrayLike<number>,
  count: number,
): Uint32Array {
  if (count >= shuffled.length) return shuffled;
  const sizes = new Map<number, number>();
  for (const member of shuffled) sizes.set(stratumOf[member]!, (sizes.get(stratumOf[member]!) ?? 0) + 1);
  const shares = [...sizes].map(([stratum, size]) => ({ stratum, share: (size * count) / shuffled.length }));
  const quotas = new Map(shares.map(({ stratum, share }) => [stratum, Math.floor(share)]));
  const given = [...quotas.values()].reduce((sum, quota) => sum + quota, 0);
  const byRemainder = shares.toSorted((a, b) => (b.share % 1) - (a.share % 1));
  for (const { stratum } of byRemainder.slice(0, count - given))
    quotas.set(stratum, quotas.get(stratum)! + 1);
  return shuffled.filter((member) => {
    const left = quotas.get(stratumOf[member]!)!;
    quotas.set(stratumOf[member]!, left - 1);
    return left > 0;
  });
}
