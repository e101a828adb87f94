import { CascadeError } from '../../errors.js';
import { wholeNumber } from '../../stats/whole-number.js';

/**
 * The number of an image's class as a file gives it.
 *
 * @param image as in "image 3".
 * @throws CascadeError if it gives none, or something that is no number of a class.
 */
export function classNumber(value: unknown, file: string, image: string, classes: number): number {
  if (value === null || value === undefined || value === '')
    throw new CascadeError(`${image} of ${file} has no label; give it one, or take it out.`);
  const label = wholeNumber(value);
  if (label !== undefined && label < classes) return label;
  const text = value instanceof Uint8Array ? 'of bytes' : String(value);
  const isWhole = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
  throw new CascadeError(
    isWhole
      ? `${file} gives ${image} the label ${text}, but the classes are 0 to ${classes - 1}.`
      : `${file} gives ${image} the label ${text}, which is not a whole number.`,
  );
}
