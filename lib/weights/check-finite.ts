import { CascadeError } from '../errors.js';
import type { Tensor } from '../network/tensor.js';

/** @throws CascadeError if a tensor holds NaN or infinite values, with which nothing can be computed. */
export function checkFinite(name: string, { data }: Tensor, file: string): void {
  if (areFinite(data)) return;
  throw new CascadeError(
    `${file} holds NaN or infinite values in the tensor ${name}; get the file again or repeat its training.`,
  );
}

/** A plain loop, since a network has tens of millions of numbers and a call for each takes several times as long. */
function areFinite(data: Float32Array): boolean {
  for (let index = 0; index < data.length; index++) if (!Number.isFinite(data[index])) return false;
  return true;
}
