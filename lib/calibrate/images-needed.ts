import type { ExitCosts } from '../exits/exit-table.js';
import type { GroupCounts } from '../exits/group-counts.js';
import { type CertifiedPath, exactDropTest, type PathPoint } from './certified-path.js';

/** Beyond this many images nobody calibrates. */
const MOST = 10_000_000;

/**
 * How many test images would certify a point if its breaks and repairs kept their rates; null if no number would, or none that is
 * practical. An estimate, for advice only.
 *
 * @param images on which the point was tested.
 */
export function imagesNeeded(
  { breaks, repairs }: Pick<PathPoint, 'breaks' | 'repairs'>,
  images: number,
  maxDrop: number,
  confidence: number,
  labelFree: boolean,
): number | null {
  if ((breaks - repairs) / images >= maxDrop) return null;
  const isEnough = (count: number): boolean => {
    const scale = count / images;
    const scaled = { breaks: Math.ceil(breaks * scale), repairs: Math.floor(repairs * scale) };
    return exactDropTest(scaled, count, maxDrop, labelFree) <= 1 - confidence;
  };
  let enough = images;
  while (!isEnough(enough)) {
    enough = Math.ceil(enough * 1.25);
    if (enough > MOST) return null;
  }
  return enough;
}

/**
 * How many times as many test images would certify a point of a path that saves something, and all before it, if their breaks and repairs
 * kept their rates; above 1 where nothing that saves is certified yet. Null if no number would, or no point saves. An estimate, for advice
 * only.
 *
 * @param maxDrop a fraction.
 * @param confidence a fraction.
 */
export function timesAsManyNeeded(
  { points, images, labelFree }: CertifiedPath,
  maxDrop: number,
  confidence: number,
  { full }: Pick<ExitCosts, 'full'>,
): number | null {
  // Neighbours often have the same counts, and every group grows with the whole.
  const known = new Map<string, number | null>();
  const timesFor = (group: GroupCounts): number | null => {
    const key = `${group.images} ${group.breaks} ${group.repairs}`;
    if (!known.has(key)) known.set(key, timesOfGroup(group, maxDrop, confidence, labelFree));
    return known.get(key)!;
  };
  let times = 1;
  for (const { cost, groups, ...counts } of points) {
    for (const group of groups ?? [{ ...counts, images }]) {
      const more = timesFor(group);
      if (more === null) return null;
      times = Math.max(times, more);
    }
    // What is certified already and is no answer would be none with more images either.
    if (times > 1 && cost < images * full) return times;
  }
  return null;
}

function timesOfGroup(
  group: GroupCounts,
  maxDrop: number,
  confidence: number,
  labelFree: boolean,
): number | null {
  if (group.images === 0) return null;
  const needed = imagesNeeded(group, group.images, maxDrop, confidence, labelFree);
  return needed === null ? null : needed / group.images;
}
