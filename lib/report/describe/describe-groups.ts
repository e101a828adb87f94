import type { GroupEvaluation } from '../../cascade/group-evaluation.js';
import { counted, grouped } from '../../counted.js';
import { fixed, inPoints } from '../numbers.js';
import { renderTable } from '../table.js';

/** Classes in a table for a terminal; the others, which fare better, are in the CSV. */
const MOST_CLASSES = 20;

const HEADERS = { exit: 'left after', class: 'class' } as const;

/** What the two columns count. */
const CHANGES =
  'broken: the full network alone has them right, the cascade wrong; repaired: the other way round';

/** Drops of the groups that a promise holds for one by one, the worst classes first. */
export function describeGroups(groups: readonly GroupEvaluation[]): string {
  const { grouping } = groups[0]!;
  const shown = grouping === 'class' ? worstFirst(groups).slice(0, MOST_CLASSES) : groups;
  const table = renderTable(
    [HEADERS[grouping], 'images', 'broken', 'repaired', 'drop', '95 % interval'],
    shown.map(({ group, images, breaks, repairs, ...drop }) => [
      ...[group, grouped(images), grouped(breaks), grouped(repairs)],
      inHundredths(drop.drop_points),
      drop.drop_low_points === null
        ? null
        : `${inHundredths(drop.drop_low_points)} to ${inHundredths(drop.drop_high_points)}`,
    ]),
  );
  const left = groups.length - shown.length;
  const shownOnly =
    left === 0
      ? table
      : `${table}\nand ${counted(left, 'more class', 'more classes')}, none of which drops more`;
  return `${shownOnly}\n${CHANGES}`;
}

function worstFirst(groups: readonly GroupEvaluation[]): readonly GroupEvaluation[] {
  const dropOf = ({ drop_points: drop }: GroupEvaluation): number => drop ?? Number.NEGATIVE_INFINITY;
  return [...groups].sort((a, b) => dropOf(b) - dropOf(a));
}

function inHundredths(points: number | null): string | null {
  return points === null ? null : fixed(points, 2);
}

/** Whether images that no choice has seen contradict what is promised of each group. @param drop in points. */
export function describeContradiction(groups: readonly GroupEvaluation[], drop: number): string {
  const against = groups.filter(({ contradicted }) => contradicted === true).map(({ group }) => group);
  const where = groups[0]!.grouping === 'exit' ? 'at every exit' : 'in every class';
  return against.length === 0
    ? `These images do not contradict the promise of at most ${inPoints(drop)} ${where}.`
    : `These images contradict the promise of at most ${inPoints(drop)} for ${against.join(', ')}: they are not from the source of the calibration images, or this is one of the draws that the confidence allows for.`;
}
