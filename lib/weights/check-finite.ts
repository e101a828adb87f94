import { CascadeError } from '../errors.js';
import type { Tensor } from '../network/tensor.js';

/** @throws CascadeError if a tensor holds NaN or infinite values, with which nothing can be computed. */
export function checkFinite(name: string, { data }: Tensor, file: string): void {
  if (data.every(Number.isFinite)) return;
  throw new CascadeError(
    `${file} holds NaN or infinite values in the tensor ${name}; get the file again or repeat its training.`,
  );
}
