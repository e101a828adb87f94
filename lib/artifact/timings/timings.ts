import path from 'node:path';
import { z } from 'zod';
import type { ExitCosts } from '../../exits/exit-table.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { readLayoutIfThere } from '../../files/json-layout.js';
import { exitCosts, type WrittenCosts } from '../exit-costs.js';
import { type Timing, timingFault, timingSchema } from './timing-schema.js';

/** Version of the layout of `timings.json` that this program writes and reads. */
const SCHEMA = 1;

export const TIMINGS_FILE = 'timings.json';

/** @param manifest of the cascade that the timings are of. */
function layoutSchema(manifest: WrittenCosts) {
  const { members } = exitCosts(manifest);
  return z.strictObject({
    schema: z.int().min(1),
    timings: z
      .array(
        timingSchema.superRefine((timing, context) => {
          const fault = timingFault(timing, { exits: manifest.exits, members });
          if (fault !== undefined) context.addIssue({ code: 'custom', path: fault[0], message: fault[1] });
        }),
      )
      .readonly(),
  });
}

/**
 * All timings of a cascade, the latest last; none if it was never measured.
 *
 * @throws CascadeError if the file is damaged, of a newer layout, or of a cascade with other exits.
 */
export async function loadTimings(folder: string, manifest: WrittenCosts): Promise<readonly Timing[]> {
  const content = await readLayoutIfThere(path.join(folder, TIMINGS_FILE), {
    schema: layoutSchema(manifest),
    version: SCHEMA,
    remedy: 'delete it and measure again',
  });
  return content?.timings ?? [];
}

/** Adds timings as the latest; older ones of the same machine, engine and number of images at once are replaced. */
export async function saveTimings(
  folder: string,
  timings: readonly Timing[],
  manifest: WrittenCosts,
): Promise<void> {
  const kinds = new Set(timings.map(kindOf));
  const others = (await loadTimings(folder, manifest)).filter((other) => !kinds.has(kindOf(other)));
  const content = { schema: SCHEMA, timings: [...others, ...timings] };
  await writeFileAtomically(path.join(folder, TIMINGS_FILE), `${JSON.stringify(content, null, 2)}\n`);
}

/** What a timing is one of: the newest of a kind counts. */
export function kindOf({ cpu, cores, platform, engine, batch_size }: Timing): string {
  return JSON.stringify([cpu, cores, platform, engine.name, engine.backend, batch_size]);
}

/** What exits cost in nanoseconds for one image, by a timing. @param members as `ExitCosts` has them. */
export function timeCosts({ full, exits }: Timing, members: ExitCosts['members']): ExitCosts {
  return {
    backbone: exits.map(({ trunk }) => trunk.nanoseconds),
    heads: exits.map(({ head }) => head.nanoseconds),
    full: full.nanoseconds,
    ...(members && { members }),
  };
}
