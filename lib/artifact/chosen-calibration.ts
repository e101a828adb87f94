import { usageError } from '../errors.js';
import type { Calibration } from './calibration.js';
import { loadCalibrations } from './calibrations.js';
import type { Manifest } from './manifest.js';
import { atDrop } from './promised-drop.js';

/**
 * The calibration that a cascade is run with: its latest, or that turned to another largest drop.
 *
 * @param maxDrop a fraction; what was calibrated for when left out.
 * @throws CascadeError if the cascade was never calibrated, or without a promise and another drop is wanted.
 */
export async function chosenCalibration(
  folder: string,
  manifest: Manifest,
  maxDrop: number | undefined,
): Promise<Calibration> {
  const latest = (await loadCalibrations(folder, manifest)).at(-1);
  if (latest === undefined) throw notCalibrated(folder);
  return maxDrop === undefined ? latest : atDrop(latest, maxDrop, folder, manifest);
}

/** The error of a cascade without thresholds. */
export function notCalibrated(folder: string): Error {
  return usageError(
    `${folder} has no thresholds yet; run \`cascade calibrate ${folder} --max-drop 1%\` first.`,
  );
}
