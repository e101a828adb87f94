import type { z } from 'zod';
import { shortJson } from './short-json.js';

/** The longest quotation of a value, in characters: it is somebody's file. */
const LONGEST = 40;

/**
 * What is wrong with a value of a JSON file, in English, where zod speaks in symbols of its own: it lists what is allowed. Undefined leaves
 * the rest to zod.
 */
export const plainFault: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_value':
      return wanted(oneOf(issue.values), issue.input);
    case 'invalid_type':
      return wanted(KINDS[issue.expected] ?? issue.expected, issue.input);
    case 'invalid_union':
      return 'it has none of the forms that are read';
    case 'unrecognized_keys':
      return `there is no field ${issue.keys.map(quoted).join(' or ')}; look for a misspelt name`;
    case 'too_small':
      return `it must ${HAVE[issue.origin] ?? 'be'} ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `it must ${HAVE[issue.origin] ?? 'be'} ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    default:
      return undefined;
  }
};

/** The verb for what has a length. */
const HAVE: Readonly<Record<string, string>> = { array: 'have', string: 'have', set: 'have' };

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'text',
  tuple: 'a list',
};

/** Strings as they are written in the file. */
function oneOf(values: readonly z.core.util.Primitive[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;
}

function wanted(what: string, input: unknown): string {
  return input === undefined
    ? `it is missing; it must be ${what}`
    : `it must be ${what}, not ${quoted(input)}`;
}

function quoted(value: unknown): string {
  const text = shortJson(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
