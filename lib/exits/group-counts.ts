import type { ExitTable } from './exit-table.js';
import { enabledExits, type Thresholds } from './thresholds.js';

/** What a cascade does with some of the images. */
export interface GroupCounts {
  readonly images: number;
  /** Those among them that the full network has right and the cascade wrong. */
  readonly breaks: number;
  /** Those among them that the cascade has right and the full network wrong. */
  readonly repairs: number;
}

/**
 * Counts of every group of images.
 *
 * @param leftAt the exit of each image, the number of exits for the full network.
 * @param groupOf number of each image's group.
 */
export function countsByGroup(
  table: ExitTable,
  leftAt: ArrayLike<number>,
  groupOf: ArrayLike<number>,
  groups: number,
): readonly GroupCounts[] {
  const { exits, fullCorrect, lastCorrect = fullCorrect } = table;
  const counts = Array.from({ length: groups }, () => ({ images: 0, breaks: 0, repairs: 0 }));
  for (let image = 0; image < table.images; image++) {
    const correct = (exits[leftAt[image]!]?.correct ?? lastCorrect)[image]!;
    const group = counts[groupOf[image]!]!;
    group.images++;
    if (fullCorrect[image]! > correct) group.breaks++;
    if (correct > fullCorrect[image]!) group.repairs++;
  }
  return counts;
}

/** Counts of two sets of images together, group by group. */
export function addCounts(first: readonly GroupCounts[], second: readonly GroupCounts[]): GroupCounts[] {
  return first.map(({ images, breaks, repairs }, group) => ({
    images: images + second[group]!.images,
    breaks: breaks + second[group]!.breaks,
    repairs: repairs + second[group]!.repairs,
  }));
}

/** The images that leave at an exit or before it. */
export interface AccumulatedCounts extends GroupCounts {
  /** The exit; the number of exits where it is all images. */
  readonly upTo: number;
}

/**
 * Counts of the images that leave at each enabled exit or before it, and last of all images.
 *
 * @param counts of the images that leave at each exit, the full network last.
 */
export function accumulatedCounts(
  counts: readonly GroupCounts[],
  thresholds: Thresholds,
): readonly AccumulatedCounts[] {
  const enabled = enabledExits(thresholds);
  let sum: GroupCounts = { images: 0, breaks: 0, repairs: 0 };
  return counts.flatMap((count, upTo) => {
    [sum] = addCounts([sum], [count]) as [GroupCounts];
    return (enabled[upTo] ?? true) ? [{ ...sum, upTo }] : [];
  });
}
