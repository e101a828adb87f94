import { CascadeError } from '../errors.js';
import { percent } from '../stats/percent.js';

/**
 * The error of a gain that was asked for and is not to be had: the full network, which stands in elsewhere, has none.
 *
 * @param maxDrop a fraction below 0.
 * @param kind `certified ` or nothing.
 */
export function noGain(maxDrop: number, kind: 'certified ' | ''): CascadeError {
  return new CascadeError(
    `No ${kind}choice of thresholds gains as much over the full network as --max-drop ${percent(maxDrop)}% asks for; ask for a smaller gain, or calibrate on more images.`,
  );
}

/** What to say where a gain is asked for without labels. */
export const NO_GAIN_WITHOUT_LABELS =
  '--labels none bounds how often the cascade answers otherwise than the full network, which is never below 0 %, so that it cannot promise a gain; calibrate with labels, or ask for a drop of 0 or more.';
