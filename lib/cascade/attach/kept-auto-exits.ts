import path from 'node:path';
import { z } from 'zod';
import { chooseExits } from '../../calibrate/choose-exits.js';
import { CascadeError, usageError } from '../../errors.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { readLayoutIfThere } from '../../files/json-layout.js';
import type { ExitPlace } from '../../heads/exit-place.js';
import type { PooledHeadName } from '../../heads/head-kinds.js';
import type { Network } from '../../network/graph.js';
import { probeExits } from '../probe/probe-exits.js';
import { type AttachContext, openUsableSplit } from './attach-context.js';
import { fittingRows } from './fitting-rows.js';
import { beforeProbes } from './networks/before-probes.js';
import type { StudentMember } from './networks/fit-students.js';

/** In the folder of an unfinished cascade: the exits that were chosen for it. */
export const AUTO_EXITS_FILE = 'auto-exits.json';

/** In the same folder, while the exits are chosen: what probes are fitted on. */
const PROBE_FOLDER = 'probes';

const layout = {
  /** The students by name, then for each exit inside, from the first to the last, its block and the kind of its head. */
  schema: z
    .array(
      z.union([
        z.strictObject({ student: z.string() }),
        z.strictObject({ block: z.number(), head: z.string() }),
      ]),
    )
    .min(1),
  remedy: 'delete its folder and attach again',
};

/** Students and exits inside a backbone that go into a cascade. */
export interface AttachedExits {
  readonly students: readonly StudentMember[];
  readonly places: readonly ExitPlace[];
}

/**
 * The exits of `--exits auto`: as an interrupted run of the same plan chose them, else chosen now and kept in `work`. Probes stand for the
 * heads at all candidates, students for themselves; judged on fitting images that neither was fitted on, so that what is promised on the
 * calibration images stays true.
 *
 * @param candidates from the first block to the last.
 * @param drop that thresholds will be asked for, a fraction.
 * @throws CascadeError if no exit saves anything.
 */
export async function keptAutoExits(
  network: Network,
  candidates: readonly ExitPlace<PooledHeadName>[],
  students: readonly StudentMember[],
  drop: number,
  context: AttachContext,
): Promise<AttachedExits> {
  const { dataset, engine, work, options } = context;
  const file = path.join(work, AUTO_EXITS_FILE);
  const kept = await readLayoutIfThere(file, layout);
  if (kept !== undefined)
    return {
      students: students.filter(({ name }) =>
        kept.some((each) => 'student' in each && each.student === name),
      ),
      places: kept.flatMap((each) =>
        'block' in each ? [placeOf(candidates, each.block, each.head, file)] : [],
      ),
    };
  const source = await openUsableSplit(context, dataset.description.splits.fit);
  try {
    const { fitBackend, seed, reporter, signal } = options;
    const rows = fittingRows(source, options.seed, options.fitImages);
    const probed = await probeExits(network, candidates, {
      engine,
      source,
      rows,
      classes: dataset.description.class_names.length,
      folder: path.join(work, PROBE_FOLDER),
      fitBackend,
      seed,
      reporter,
      signal,
    });
    const outputs = await beforeProbes(students, probed.outputs, { engine, source, rows, signal });
    // Students stand before all blocks, each in a place of its own.
    const places = [...students.keys()].map((student) => student - students.length);
    const blocks = [...places, ...candidates.map(({ cut }) => cut.block)];
    const chosen = chooseExits(outputs, { drop, blocks, seed });
    if (chosen.length === 0)
      throw usageError(
        '--exits auto finds no exit that saves anything in this backbone; name blocks, or stages.',
      );
    const names = students.map(({ name }) => name);
    options.onAutoExits?.({ ...probed, outputs, students: names, chosen, drop });
    const exits = chosen.map(({ exit }) => exit).sort((a, b) => a - b);
    const attached = {
      students: exits.flatMap((exit) => students[exit] ?? []),
      places: exits.flatMap((exit) => candidates[exit - students.length] ?? []),
    };
    const content = [
      ...attached.students.map(({ name }) => ({ student: name })),
      ...attached.places.map(({ cut, head }) => ({ block: cut.block, head })),
    ];
    await writeFileAtomically(file, `${JSON.stringify(content)}\n`);
    return attached;
  } finally {
    await source.close();
  }
}

function placeOf(candidates: readonly ExitPlace[], block: number, head: string, file: string): ExitPlace {
  const place = candidates.find((each) => each.cut.block === block && each.head === head);
  if (place === undefined)
    throw new CascadeError(`${file} names an exit that was no candidate; ${layout.remedy}.`);
  return place;
}
