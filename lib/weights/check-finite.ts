import { CascadeError } from '../errors.js';
import { foldBatchNormalization } from '../network/fold-batch-norm.js';
import type { Network } from '../network/graph.js';
import type { Tensor } from '../network/tensor.js';
import { quoted } from './quoted.js';

/** @throws CascadeError if a tensor holds NaN or infinite values, with which nothing can be computed. */
export function checkFinite(name: string, { data }: Tensor, file: string): void {
  if (areFinite(data)) return;
  throw new CascadeError(
    `${file} holds NaN or infinite values in the tensor ${quoted(name)}; get the file again or repeat its training.`,
  );
}

/**
 * @throws CascadeError if a network holds NaN or infinite values, or would once its batch normalisations are multiplied into its
 *   weights, as for every engine.
 */
export function checkNetworkIsFinite(network: Network, file: string): void {
  for (const [name, tensor] of network.parameters) checkFinite(name, tensor, file);
  for (const [name, { data }] of foldBatchNormalization(network).parameters) {
    if (areFinite(data)) continue;
    throw new CascadeError(
      `${file} has batch normalisations that make the tensor ${quoted(name)} NaN or infinite (a variance below 0, or numbers too large for float32); repeat its training.`,
    );
  }
}

/** A plain loop, since a network has tens of millions of numbers and a call for each takes several times as long. */
function areFinite(data: Float32Array): boolean {
  for (let index = 0; index < data.length; index++) if (!Number.isFinite(data[index])) return false;
  return true;
}
