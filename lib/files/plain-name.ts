import { z } from 'zod';

/** Bytes of UTF-8 that a name may have: file systems take 255, and what is written beside it adds to its name. */
const LONGEST = 200;

/** What is wrong with a name, said after it; undefined for a plain one. */
function faultOf(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name === '.' || name === '..') return 'names a folder by its place';
  if (/[\\/]/.test(name)) return 'holds a separator of folders';
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return 'holds a control character';
  if (/^\s|\s$/u.test(name)) return 'begins or ends with a space';
  if (name.endsWith('.')) return 'ends with a dot';
  if (Buffer.byteLength(name) > LONGEST) return `is longer than ${LONGEST} bytes`;
  return undefined;
}

/**
 * A name that becomes part of a path: of one file or folder, and one on every system, so that nothing that is read from a file leads
 * elsewhere.
 */
export const plainName = z.string().superRefine((name, context) => {
  const fault = faultOf(name);
  if (fault !== undefined)
    context.addIssue({ code: 'custom', message: `the name ${JSON.stringify(name.slice(0, 80))} ${fault}` });
});

/** Whether a text is a plain name. */
export function isPlainName(name: string): boolean {
  return faultOf(name) === undefined;
}
