import path from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import { readLayoutIfThere } from '../files/json-layout.js';
import { type Calibration, readCalibration, writtenCalibration } from './calibration.js';
import { calibrationsSchema, type WrittenCalibration } from './calibration-schema.js';
import { exitCosts, type WrittenCosts } from './exit-costs.js';
import type { Manifest } from './manifest.js';
import { kindOf } from './timings/timings.js';

/** Version of the layout of `thresholds.json` that this program reads. */
const SCHEMA = 3;

/** The versions that it writes where no drop is promised for every exit or class, and where nothing was chosen by time either: older programs know no later ones. */
const SCHEMA_OF_MEANS = 2;
const SCHEMA_WITHOUT_TIME = 1;

type CalibratedManifest = WrittenCosts & Pick<Manifest, 'classes'>;

function fileOf(folder: string): string {
  return path.join(folder, 'thresholds.json');
}

/**
 * All calibrations of a cascade, the latest last; none if it was never calibrated.
 *
 * @throws CascadeError if the file is damaged, of a newer layout, or of a cascade with other exits.
 */
export async function loadCalibrations(
  folder: string,
  manifest: CalibratedManifest,
): Promise<readonly Calibration[]> {
  return (await loadWritten(folder, manifest)).map(readCalibration);
}

async function loadWritten(
  folder: string,
  manifest: CalibratedManifest,
): Promise<readonly WrittenCalibration[]> {
  const { exits, classes } = manifest;
  const { members } = exitCosts(manifest);
  const content = await readLayoutIfThere(fileOf(folder), {
    schema: calibrationsSchema({ exits, members }, classes),
    version: SCHEMA,
    remedy: 'delete it and calibrate again',
  });
  return content?.calibrations ?? [];
}

/** Adds a calibration as the latest; one that answered the same question is replaced. */
export async function saveCalibration(
  folder: string,
  calibration: Calibration,
  manifest: CalibratedManifest,
): Promise<void> {
  const written = writtenCalibration(calibration);
  const others = (await loadWritten(folder, manifest)).filter(
    (other) => questionOf(other) !== questionOf(written),
  );
  const calibrations = [...others, written];
  const content = { schema: schemaOf(calibrations), calibrations };
  // Lists of numbers on one line: a path would fill pages otherwise.
  const text = JSON.stringify(content, null, 2).replace(/\[[^[\]{}"]*\]/g, (list) =>
    list.replace(/\s+/g, ' '),
  );
  await writeFileAtomically(fileOf(folder), `${text}\n`);
}

/** The oldest version that can hold some calibrations. */
function schemaOf(calibrations: readonly WrittenCalibration[]): number {
  if (calibrations.some(({ promise_kind: kind }) => kind !== undefined)) return SCHEMA;
  return calibrations.some(({ timing }) => timing !== undefined) ? SCHEMA_OF_MEANS : SCHEMA_WITHOUT_TIME;
}

function questionOf({ scoring, ...calibration }: WrittenCalibration): string {
  const { criterion, averaging, top } = scoring;
  const { method, labels, max_drop_points, max_macs_percent, epsilon_points } = calibration;
  const { confidence_percent, split_seed, max_time_percent, timing, promise_kind } = calibration;
  const target = [max_drop_points, max_macs_percent, epsilon_points, confidence_percent];
  const time = timing && [max_time_percent, kindOf(timing)];
  return JSON.stringify([method, criterion, averaging, top, labels, target, split_seed, time, promise_kind]);
}
