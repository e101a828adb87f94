import { nearest } from '../../../data/nearest.js';
import { usageError } from '../../../errors.js';

/** What `--heads` asks for: students before the backbone, and heads inside it. */
export interface AskedHeads {
  /** What each student may take of the backbone's multiply-accumulates, fractions, rising. */
  readonly students: readonly number[];
  /** Kinds of the heads inside; undefined where none is named. */
  readonly inside: string | undefined;
}

/** Where a student stands, and what it is called. */
const PLACE = 'input';
const NAME = 'student';
const STUDENT = `${PLACE}:${NAME}`;

/** A part of a choice of heads, e.g. `input:student@10%`, `8:mlp` or `@10%`. */
const PART = /^(?:(?<place>[^:@]*):)?(?<name>[^:@]*)(?:@(?<share>.*))?$/;

/**
 * Takes the students out of a choice of heads: `input:student@10%`, several as `input:student@5%,@15%`, among others as
 * `input:student@10%,8:mlp`.
 *
 * @throws CascadeError if a student is misspelt or stands elsewhere, or its share is missing, malformed, no share or named twice.
 */
export function askedHeads(choice: string): AskedHeads {
  const students: number[] = [];
  const inside: string[] = [];
  for (const part of choice.split(',')) {
    const { place, name = '', share } = PART.exec(part)?.groups ?? {};
    const isAnother = part.startsWith('@') && students.length > 0;
    if ((place === PLACE && name === NAME) || isAnother) students.push(shareOf(share, choice));
    else if (place === PLACE || share !== undefined || nearest(name, [NAME]) !== undefined)
      throw noStudent(part, share, choice);
    else inside.push(part);
  }
  const repeated = students.find((share, index) => students.indexOf(share) !== index);
  if (repeated !== undefined)
    throw usageError(`--heads ${choice} names the same student twice; give each a share of its own.`);
  return {
    students: students.toSorted((a, b) => a - b),
    inside: inside.length === 0 ? undefined : inside.join(','),
  };
}

/** The error of what looks like a student and is none: only students stand before the backbone, and only they have shares. */
function noStudent(part: string, share: string | undefined, choice: string): Error {
  const meant = `${STUDENT}@${share !== undefined && PERCENTAGE.test(share) ? share : '10%'}`;
  const whole = part === choice ? '' : ` in --heads ${choice}`;
  return usageError(
    `${part}${whole} is no head: only a student stands before the backbone, with its share of the MACs; did you mean ${meant}?`,
  );
}

const PERCENTAGE = /^\d+(?:\.\d+)?%$/;

function shareOf(percentage: string | undefined, choice: string): number {
  if (percentage === undefined || !PERCENTAGE.test(percentage))
    throw usageError(
      `--heads ${choice} does not say how large a student may be; write its share of the backbone's multiply-accumulates, such as ${STUDENT}@10%.`,
    );
  const share = Number.parseFloat(percentage) / 100;
  if (share > 0 && share < 1) return share;
  throw usageError(
    `--heads ${choice} asks for a student of ${percentage}; its share of the backbone's multiply-accumulates must be more than 0 and less than 100 %, such as ${STUDENT}@10%.`,
  );
}
