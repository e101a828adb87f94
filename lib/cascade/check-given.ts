import type { z } from 'zod';
import { usageError } from '../errors.js';

/**
 * What a program gave to the library.
 *
 * @param what is named in the error with its verb: `The options of Cascade.load do`.
 * @throws CascadeError if it does not fit: naming the field.
 */
export function checkGiven<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  const { path, message } = error.issues[0]!;
  throw usageError(`${what} not fit, ${[path.map(String).join('.'), message].filter(Boolean).join(': ')}.`);
}
