import { checkParameters } from '../../artifact/check-network.js';
import { CascadeError } from '../../errors.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { readWhole } from '../../files/open-for-reading.js';
import { sha256Of } from '../../files/sha256.js';
import type { Graph, Parameters } from '../../network/graph.js';
import { checkFinite } from '../../weights/check-finite.js';
import { readSafetensors, writeSafetensors } from '../../weights/safetensors.js';

/** What is to be done about a file of an unfinished cascade that does not fit. */
export const REMEDY = 'delete it and attach again';

/** What was fitted: a head, or a student. */
export interface FittedWeights {
  readonly parameters: Parameters;
  /** On fitting images that no step saw, a fraction. */
  readonly heldOutAccuracy: number;
}

/** Keeps what was fitted, for an interrupted run to go on with. */
export function keepFitted(file: string, { parameters, heldOutAccuracy }: FittedWeights): Promise<void> {
  return writeFileAtomically(
    file,
    writeSafetensors(parameters, { heldOutAccuracy: String(heldOutAccuracy) }),
  );
}

/**
 * Reads what was kept. @param graph that the parameters are of.
 *
 * @throws CascadeError if the file is damaged, or holds NaN or infinite values.
 */
export async function readFitted(
  file: string,
  graph: Graph,
): Promise<FittedWeights & { readonly sha256: string }> {
  const bytes = await readWhole(file);
  const { tensors: parameters, metadata } = readSafetensors(bytes, file);
  checkParameters(graph, parameters, file, REMEDY);
  for (const [name, tensor] of parameters) checkFinite(name, tensor, file);
  const heldOutAccuracy = Number(metadata['heldOutAccuracy']);
  if (!(heldOutAccuracy >= 0 && heldOutAccuracy <= 1))
    throw new CascadeError(`${file} does not tell how accurate it is; ${REMEDY}.`);
  return { parameters, heldOutAccuracy, sha256: sha256Of(bytes) };
}
