import type { GroupCounts } from '../../exits/group-counts.js';
import { binomialCdf } from '../../stats/binomial-cdf.js';
import { exactDropTest } from '../certified-path.js';
import { exactCostTest, isMeanWithin, type Place } from '../cost-test.js';

/**
 * P-value of "the true drop is at most maxDrop" for images that had no part in promising it: the exact test with the cascade and the full
 * network in each other's place, or the exact binomial one of the disagreement. Small where the images contradict the promise.
 *
 * @param maxDrop a fraction.
 * @param labelFree whether the full network's own predictions served as labels.
 */
export function keptPValue(
  { images, breaks, repairs }: GroupCounts,
  maxDrop: number,
  labelFree: boolean,
): number {
  if (images === 0 || maxDrop >= 1) return 1;
  if (labelFree) return 1 - binomialCdf(breaks - 1, images, Math.max(0, maxDrop));
  return exactDropTest({ breaks: repairs, repairs: breaks }, images, -maxDrop, false);
}

/**
 * The groups whose images contradict a promise made of each: with a probability of at most `level` any does where all promises are kept,
 * since a group is tested at its share of the level (Bonferroni). Many groups that are looked at need that, as one alone would not.
 */
export function contradictingGroups<Group extends GroupCounts>(
  groups: readonly Group[],
  maxDrop: number,
  labelFree: boolean,
  level: number,
): readonly Group[] {
  return groups.filter((group) => keptPValue(group, maxDrop, labelFree) <= level / groups.length);
}

/**
 * Whether images contradict that their true mean cost is at most a budget: the test of a budget, with what an image costs and what it saves in each
 * other's place. With a probability of at most `level` they do although it is kept.
 *
 * @param places where an image can leave: what it costs there, and how many left.
 * @param budget for one image, in the same currency.
 */
export function contradictsBudget(places: readonly Place[], budget: number, level: number): boolean {
  // At the least that an image can cost one dearer image tells, and no test is needed.
  if (places.every(({ cost }) => cost >= budget) && places.some(({ cost }) => cost === budget))
    return places.some(({ cost, count }) => cost > budget && count > 0);
  const saved = places.map(({ cost, count }) => ({ cost: -cost, count }));
  return isMeanWithin(saved, -budget, 1 - level, exactCostTest);
}
