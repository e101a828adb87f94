import type { z } from 'zod';
import { CascadeError } from '../errors.js';
import { plainFault } from './plain-fault.js';
import { readJson, readJsonIfThere } from './read-json.js';

/** What a kind of JSON file holds. */
export interface JsonLayout<Schema extends z.ZodType> {
  readonly schema: Schema;
  /** The newest version that is read, by the file's own field `schema`; without it the files say no version. */
  readonly version?: number;
  /** What its user does about a file that does not fit, without a full stop. */
  readonly remedy: string;
}

/** The longest account of what is wrong in a file, in characters: it may quote the file. */
const LONGEST_FAULT = 240;

/**
 * Reads a JSON file of a known layout.
 *
 * @param absent what to say if there is none, without a full stop.
 * @throws CascadeError if it is absent, unreadable, of a newer version, or does not fit: naming the file and the field.
 */
export async function readLayout<Schema extends z.ZodType>(
  file: string,
  layout: JsonLayout<Schema>,
  absent: string,
): Promise<z.output<Schema>> {
  return fitting(await readJson(file, absent), layout, file);
}

/** The same; undefined if there is no such file. */
export async function readLayoutIfThere<Schema extends z.ZodType>(
  file: string,
  layout: JsonLayout<Schema>,
): Promise<z.output<Schema> | undefined> {
  const content = await readJsonIfThere(file);
  return content === undefined ? undefined : fitting(content, layout, file);
}

/**
 * What a JSON file of a known layout holds.
 *
 * @param file named in the errors.
 * @throws CascadeError if it is of a newer version, or does not fit: naming the file and the field.
 */
export function fitting<Schema extends z.ZodType>(
  content: unknown,
  { schema, version, remedy }: JsonLayout<Schema>,
  file: string,
): z.output<Schema> {
  // What a newer program wrote may well not fit, and that is not its fault.
  if (version !== undefined) refuseNewer(content, version, file);
  const { data, error } = schema.safeParse(content, { error: plainFault });
  if (error === undefined) return data;
  throw new CascadeError(`${file} is damaged (${faultOf(error)}); ${remedy}.`);
}

/** The first thing that does not fit, with the field where it is. */
function faultOf({ issues: [issue] }: z.ZodError): string {
  const { path, message } = issue!;
  const said = message
    .replace(/^Invalid input: /, '')
    .replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());
  const fault = [path.map(String).join('.'), said].filter(Boolean).join(': ');
  return fault.length > LONGEST_FAULT ? `${fault.slice(0, LONGEST_FAULT)}…` : fault;
}

function refuseNewer(content: unknown, known: number, file: string): void {
  const { schema: found } = content as { readonly schema?: unknown };
  if (typeof found === 'number' && found > known) {
    throw new CascadeError(
      `${file} has schema ${found} and this cascade reads up to ${known}; install a newer cascade.`,
    );
  }
}
