import type { ImageSource } from '../../../data/image-source.js';
import type { Engine } from '../../../engine/engine.js';
import { outputRows, type RecordedOutputs } from '../../../exits/recorded-outputs.js';
import { heldOutCount } from '../../../heads/networks/fit-network.js';
import { networkLogits } from '../../../heads/networks/network-logits.js';
import { STUDENT_RECIPE } from '../../../heads/networks/network-recipe.js';
import type { StudentMember } from './fit-students.js';

/** What running the students takes. */
export interface StudentRun {
  readonly engine: Engine;
  readonly source: ImageSource;
  /** All fitting images, in the order in which students and probes take them. */
  readonly rows: Uint32Array;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Puts the outputs of students before those of probes inside the backbone, as if all were exits of one cascade. Of the images that judge
 * the probes, those are left that no student was fitted on.
 *
 * @param probed of the first of the fitting images.
 */
export async function beforeProbes(
  students: readonly StudentMember[],
  probed: RecordedOutputs,
  { engine, source, rows, signal }: StudentRun,
): Promise<RecordedOutputs> {
  if (students.length === 0) return probed;
  const unseen = Math.min(probed.labels.length, heldOutCount(rows.length, STUDENT_RECIPE));
  const some = { rows: rows.subarray(0, unseen), signal };
  const logits: Float32Array[] = [];
  for (const { network } of students) logits.push(await networkLogits(engine, network, source, some));
  const first = outputRows(
    probed,
    Uint32Array.from(some.rows, (_, row) => row),
  );
  const { backbone, heads, full } = probed.costs;
  return {
    ...first,
    exitLogits: [...logits, ...first.exitLogits],
    costs: {
      backbone: [...students.map(({ macs }) => macs), ...backbone],
      heads: [...students.map(() => 0), ...heads],
      full,
      members: [...students.keys(), ...backbone.map(() => students.length), students.length],
    },
  };
}
