import { CascadeError } from '../errors.js';

/** PyTorch and NumPy have no tensors of more. */
const MOST_AXES = 64;

/** @throws CascadeError if a tensor has more axes than cascade reads. */
export function checkAxes(axes: number, file: string): void {
  if (axes <= MOST_AXES) return;
  throw new CascadeError(
    `${file} describes a tensor of ${axes} axes, and cascade reads up to ${MOST_AXES}; save its weights alone with torch.save(model.state_dict(), …).`,
  );
}
