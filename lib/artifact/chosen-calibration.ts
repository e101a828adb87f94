import { usageError } from '../errors.js';
import type { Calibration } from './calibration.js';
import { type Calibrations, loadCalibrations } from './calibrations.js';
import type { Manifest } from './manifest.js';
import { atDrop } from './promised-drop.js';

/** Which calibration of a cascade is meant. */
export interface CalibrationChoice {
  /** Its name, or its number as `cascade show` lists them; the active one when left out. */
  readonly use?: string | undefined;
  /** Another largest drop under the same promise, a fraction; what was calibrated for when left out. */
  readonly maxDrop?: number | undefined;
}

/**
 * The calibration that a cascade is run with, as it is or turned to another largest drop.
 *
 * @throws CascadeError if the cascade was never calibrated or has none of that name or number, or if another drop is wanted of one without
 * a promise.
 */
export async function chosenCalibration(
  folder: string,
  manifest: Manifest,
  { use, maxDrop }: CalibrationChoice = {},
): Promise<Calibration> {
  const chosen = calibrationOf(await loadCalibrations(folder, manifest), use, folder);
  return maxDrop === undefined ? chosen : atDrop(chosen, maxDrop, folder, manifest);
}

/**
 * One of a cascade's calibrations, by its name or number; the active one where neither is said.
 *
 * @throws CascadeError if there is no such one, or none at all.
 */
export function calibrationOf(
  { all, active }: Calibrations,
  use: string | undefined,
  folder: string,
): Calibration {
  if (active === undefined) throw notCalibrated(folder);
  if (use === undefined) return active;
  const found = /^\d+$/.test(use) ? all[Number(use) - 1] : all.find(({ name }) => name === use);
  if (found !== undefined) return found;
  const known = all.map(({ name }, index) =>
    name === undefined ? `${index + 1}` : `${index + 1} (${name})`,
  );
  throw usageError(
    `${folder} has no calibration ${JSON.stringify(use)}, but ${known.join(', ')}; \`cascade show ${folder}\` lists them.`,
  );
}

/** The error of a cascade without thresholds. */
function notCalibrated(folder: string): Error {
  return usageError(
    `${folder} has no thresholds yet; run \`cascade calibrate ${folder} --max-drop 1%\` first.`,
  );
}
