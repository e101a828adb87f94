import { CascadeError } from '../errors.js';
import { quoted } from './quoted.js';

/** Most characters of a tensor's name; it is looked at and taken apart again and again. */
const LONGEST_NAME = 1000;

/** @throws CascadeError if the name of a tensor is longer than cascade reads. */
export function checkedName(name: string, file: string): string {
  if (name.length <= LONGEST_NAME) return name;
  throw new CascadeError(
    `${file} calls a tensor by a name of ${name.length} characters (${quoted(name)}), and cascade reads up to ${LONGEST_NAME}; save it under a shorter one.`,
  );
}
