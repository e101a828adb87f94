import path from 'node:path';
import { z } from 'zod';

/** A name that becomes one of a file or folder, on any system. */
export const plainName = z
  .string()
  .max(200)
  .regex(
    /^(?!\.)[^/\\:*?"<>|\p{Cc}]+$/u,
    'it must be a plain name, without / \\ : * ? " < > | and no dot at its start',
  );

const withoutControls = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^\P{Cc}*$/u, 'it must be a path, without control characters');

/** A path that is only read. */
export const readPath = withoutControls.regex(/^[^*]*(\*[^*/\\]*)?$/, 'one * is allowed, in the last part');

/** A path that stays in the folder it begins in: files are written there. */
export const pathInside = withoutControls.refine(
  (each) => !path.isAbsolute(each) && !/^([a-z]:|[/\\])/i.test(each) && !each.split(/[/\\]/).includes('..'),
  'it must be a path inside the folder, without ..',
);
