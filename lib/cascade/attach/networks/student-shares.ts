import { usageError } from '../../../errors.js';

/** What `--heads` asks for: students before the backbone, and heads inside it. */
export interface AskedHeads {
  /** What each student may take of the backbone's multiply-accumulates, fractions, rising. */
  readonly students: readonly number[];
  /** Kinds of the heads inside; undefined where none is named. */
  readonly inside: string | undefined;
}

const STUDENT = 'input:student';

/**
 * Takes the students out of a choice of heads: `input:student@10%`, several as `input:student@5%,@15%`, among others as
 * `input:student@10%,8:mlp`.
 *
 * @throws CascadeError if a share is missing or malformed, or is named twice.
 */
export function askedHeads(choice: string): AskedHeads {
  const students: number[] = [];
  const inside: string[] = [];
  for (const part of choice.split(',')) {
    const isStudent = part.startsWith(STUDENT) || (part.startsWith('@') && students.length > 0);
    if (isStudent) students.push(shareOf(part, choice));
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

function shareOf(part: string, choice: string): number {
  const [, percentage] = /@(\d+(?:\.\d+)?)%$/.exec(part) ?? [];
  const share = Number(percentage) / 100;
  if (/^(input:student)?@[\d.]+%$/.test(part) && share > 0 && share < 1) return share;
  throw usageError(
    `--heads ${choice} does not say how large a student may be; write its share of the backbone's multiply-accumulates, such as ${STUDENT}@10%.`,
  );
}
