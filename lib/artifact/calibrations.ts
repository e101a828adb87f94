import path from 'node:path';
import type { Method } from '../calibrate/calibrate.js';
import type { CertifiedPath } from '../calibrate/certified-path.js';
import { CascadeError } from '../errors.js';
import { CRITERIA } from '../exits/criteria.js';
import type { Scoring } from '../exits/scoring.js';
import type { Thresholds } from '../exits/thresholds.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { readJsonIfThere } from '../files/read-json.js';
import { checkSchema } from './manifest.js';

/** Version of the layout of `thresholds.json` that this program writes and reads. */
const SCHEMA = 1;

/** What was asked of a calibration, in percentage points or percent; exactly one of the three. */
export interface CalibrationTarget {
  readonly max_drop_points: number | null;
  readonly max_macs_percent: number | null;
  readonly epsilon_points: number | null;
}

/** One choice of thresholds, with what it was chosen by and from. */
export interface Calibration extends CalibrationTarget {
  readonly method: Method;
  readonly scoring: Scoring;
  /** `none`: the full network's predictions served as labels. */
  readonly labels: 'given' | 'none';
  /** Confidence of the promise in percent; null for an empirical choice. */
  readonly confidence_percent: number | null;
  readonly split: string;
  readonly split_seed: number;
  readonly images: number;
  /** The path's parameter at the chosen point: the paper's ε as a fraction, or the patience in exits; null for methods without. */
  readonly parameter: number | null;
  /** For each exit the least confidence that leaves there, null where it is disabled. */
  readonly thresholds: Thresholds;
  /** The tested path that the promise was taken from, so that other drops can be asked for at once; null for an empirical choice. */
  readonly path: CertifiedPath | null;
}

function fileOf(folder: string): string {
  return path.join(folder, 'thresholds.json');
}

/**
 * All calibrations of a cascade, the latest last; none if it was never calibrated.
 *
 * @throws CascadeError if the file is damaged or of a newer layout.
 */
export async function loadCalibrations(folder: string, exits: number): Promise<readonly Calibration[]> {
  const file = fileOf(folder);
  const content = (await readJsonIfThere(file)) as
    | { schema: number; calibrations: Calibration[] }
    | undefined;
  if (content === undefined) return [];
  checkSchema(content.schema, SCHEMA, file);
  if (
    !Array.isArray(content.calibrations) ||
    content.calibrations.some(
      (each) => each?.thresholds?.length !== exits || !((each.scoring?.criterion ?? '') in CRITERIA),
    )
  ) {
    throw new CascadeError(
      `${file} does not fit this cascade's ${exits} exits; delete it and calibrate again.`,
    );
  }
  return content.calibrations;
}

/** Adds a calibration as the latest; one that answered the same question is replaced. */
export async function saveCalibration(
  folder: string,
  calibration: Calibration,
  exits: number,
): Promise<void> {
  const others = (await loadCalibrations(folder, exits)).filter(
    (other) => questionOf(other) !== questionOf(calibration),
  );
  const content = { schema: SCHEMA, calibrations: [...others, calibration] };
  // Lists of numbers on one line: a path would fill pages otherwise.
  const text = JSON.stringify(content, null, 2).replace(/\[[^[\]{}"]*\]/g, (list) =>
    list.replace(/\s+/g, ' '),
  );
  await writeFileAtomically(fileOf(folder), `${text}\n`);
}

function questionOf({ scoring, ...calibration }: Calibration): string {
  const { criterion, averaging, top } = scoring;
  const { method, labels, max_drop_points, max_macs_percent, epsilon_points } = calibration;
  const { confidence_percent, split_seed } = calibration;
  const target = [max_drop_points, max_macs_percent, epsilon_points, confidence_percent];
  return JSON.stringify([method, criterion, averaging, top, labels, target, split_seed]);
}
