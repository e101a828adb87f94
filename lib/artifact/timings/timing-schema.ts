import { z } from 'zod';
import { MOST_BATCHED } from '../../engine/most-batched.js';
import type { ExitCosts } from '../../exits/exit-table.js';
import { count, imageCount } from '../counts.js';
import { MOST_EXITS } from '../exit-costs.js';
import { blockName } from '../exit-names.js';

/** Longer than anything takes: whatever is more was damaged. A day, in nanoseconds. */
const MOST_NANOSECONDS = 86_400e9;

const nanoseconds = count.max(MOST_NANOSECONDS);

/** A time for one image in nanoseconds: the median of the rounds' lower quartiles, and the 95 % interval of that median. */
const timeSchema = z.strictObject({ nanoseconds, low: nanoseconds, high: nanoseconds });

const word = z.string().min(1);

/** What every exit costs in time, as it was measured once: on a machine, with an engine, with a number of images at once. */
export const timingSchema = z
  .strictObject({
    /** When, in ISO 8601. */
    date: z.iso.datetime(),
    cpu: word,
    /** Threads that may run at once, all of which the engine uses. */
    cores: z.int().min(1),
    platform: word,
    engine: z.strictObject({ name: word, version: word, backend: word.exactOptional() }),
    batch_size: z.int().min(1).max(MOST_BATCHED),
    /** Images of one round. */
    images: imageCount,
    rounds: z.int().min(1),
    /** `test`: images of the test split; `random`: pixels at random, where the data set was not there. */
    pixels: z.enum(['test', 'random']),
    /** Time of the bare full network. */
    full: timeSchema,
    exits: z
      .array(
        z.strictObject({
          /** Null at the end of a network of a chain. */
          block: count.nullable(),
          /** Time of the network up to the exit, no head. */
          trunk: timeSchema,
          /** Time of the head, the decision, and the picking out of the images that stay. */
          head: timeSchema,
        }),
      )
      .min(1)
      .max(MOST_EXITS)
      .readonly(),
  })
  .refine(({ full }) => full.nanoseconds > 0, {
    path: ['full', 'nanoseconds'],
    message: 'no network takes no time',
  });

/** A measurement as `timings.json` has it. */
export type Timing = Readonly<z.infer<typeof timingSchema>>;

/** A time for one image as `timings.json` has it. */
export type MeasuredTime = Readonly<z.infer<typeof timeSchema>>;

/** The exits that a timing is of, with the network that each stands in. */
export interface TimedExits {
  readonly exits: readonly { readonly block: number | null }[];
  readonly members: ExitCosts['members'] | undefined;
}

/** What is wrong with a timing of some exits, and where; undefined if nothing is. */
export function timingFault(
  timing: Timing,
  { exits, members }: TimedExits,
): [(string | number)[], string] | undefined {
  const places = (of: TimedExits['exits']): string =>
    of.map(({ block }) => (block === null ? 'the end of a network' : blockName(block))).join(', ');
  if (places(timing.exits) !== places(exits))
    return [['exits'], `they are not this cascade's, which stand after ${places(exits)}`];
  const upTo = [...timing.exits.map(({ trunk }) => trunk), timing.full];
  for (const [index, { nanoseconds: time }] of upTo.entries()) {
    const isSameNetwork = members?.[index] === members?.[index - 1];
    if (index > 0 && isSameNetwork && time < upTo[index - 1]!.nanoseconds)
      return [['exits', index - 1, 'trunk'], 'the times must not fall from exit to exit'];
  }
  return undefined;
}
