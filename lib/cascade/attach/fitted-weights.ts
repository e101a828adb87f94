import { CascadeError } from '../../errors.js';

/**
 * The accuracy on held-out fitting images, a fraction, that a file of fitted weights tells of itself.
 *
 * @throws CascadeError if it tells none.
 */
export function heldOutAccuracyIn(metadata: Readonly<Record<string, string>>, file: string): number {
  const accuracy = Number(metadata['heldOutAccuracy']);
  if (accuracy >= 0 && accuracy <= 1) return accuracy;
  throw new CascadeError(`${file} does not tell how accurate it is; delete it and attach again.`);
}
