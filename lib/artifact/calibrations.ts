import path from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import { readLayoutIfThere } from '../files/json-layout.js';
import { type Calibration, readCalibration, writtenCalibration } from './calibration.js';
import { calibrationsSchema, type WrittenCalibration } from './calibration-schema.js';
import { exitCosts, type WrittenCosts } from './exit-costs.js';
import type { Manifest } from './manifest.js';
import { kindOf } from './timings/timings.js';

/** Version of the layout of `thresholds.json` that this program reads. */
const SCHEMA = 4;

/** The versions that it writes where the latest is active and none has a name, where no drop is promised for every exit or class either, and where nothing was chosen by time either: older programs know no later ones. */
const SCHEMA_WITHOUT_NAMES = 3;
const SCHEMA_OF_MEANS = 2;
const SCHEMA_WITHOUT_TIME = 1;

type CalibratedManifest = WrittenCosts & Pick<Manifest, 'classes'>;

function fileOf(folder: string): string {
  return path.join(folder, 'thresholds.json');
}

/** The calibrations of a cascade. */
export interface Calibrations {
  /** In the order in which they were first made, so that a number stays that of the same question. */
  readonly all: readonly Calibration[];
  /** The one of them that the cascade is run with; undefined if there is none. */
  readonly active: Calibration | undefined;
}

/**
 * All calibrations of a cascade and which is active; none if it was never calibrated.
 *
 * @throws CascadeError if the file is damaged, of a newer layout, or of a cascade with other exits.
 */
export async function loadCalibrations(folder: string, manifest: CalibratedManifest): Promise<Calibrations> {
  const { calibrations, active = calibrations.length - 1 } = await loadWritten(folder, manifest);
  const all = calibrations.map(readCalibration);
  return { all, active: all[active] };
}

interface WrittenCalibrations {
  readonly active?: number;
  readonly calibrations: readonly WrittenCalibration[];
}

async function loadWritten(folder: string, manifest: CalibratedManifest): Promise<WrittenCalibrations> {
  const { exits, classes } = manifest;
  const { members } = exitCosts(manifest);
  const content = await readLayoutIfThere(fileOf(folder), {
    schema: calibrationsSchema({ exits, members }, classes),
    version: SCHEMA,
    remedy: 'delete it and calibrate again',
  });
  return content ?? { calibrations: [] };
}

/**
 * Adds a calibration and makes it the active one. One that answered the same question is replaced in its place, and its name kept where the
 * new one has none; another that has the new one's name goes on without.
 */
export async function saveCalibration(
  folder: string,
  calibration: Calibration,
  manifest: CalibratedManifest,
): Promise<void> {
  const written = writtenCalibration(calibration);
  const { calibrations: before } = await loadWritten(folder, manifest);
  const isSame = (other: WrittenCalibration): boolean => questionOf(other) === questionOf(written);
  const found = before.findIndex(isSame);
  const place = found < 0 ? before.length : found;
  const name = written.name ?? before[place]?.name;
  const others = before.map((other) => without(name, other));
  const named = name === undefined ? written : { name, ...written };
  await write(folder, {
    active: place,
    calibrations: [...others.slice(0, place), named, ...others.slice(place + 1)],
  });
}

/** Makes one of a cascade's calibrations the active one. @param number its place among them, from 0. */
export async function activateCalibration(
  folder: string,
  number: number,
  manifest: CalibratedManifest,
): Promise<void> {
  const { calibrations } = await loadWritten(folder, manifest);
  await write(folder, { active: number, calibrations });
}

function without(name: string | undefined, calibration: WrittenCalibration): WrittenCalibration {
  if (name === undefined || calibration.name !== name) return calibration;
  const { name: _, ...nameless } = calibration;
  return nameless;
}

async function write(folder: string, { active, calibrations }: Required<WrittenCalibrations>): Promise<void> {
  const written = { ...(active === calibrations.length - 1 ? {} : { active }), calibrations };
  // Lists of numbers on one line: a path would fill pages otherwise.
  const text = JSON.stringify({ schema: schemaOf(written), ...written }, null, 2).replace(
    /\[[^[\]{}"]*\]/g,
    (list) => list.replace(/\s+/g, ' '),
  );
  await writeFileAtomically(fileOf(folder), `${text}\n`);
}

/** The oldest version that can hold some calibrations. */
function schemaOf({ active, calibrations }: WrittenCalibrations): number {
  if (active !== undefined || calibrations.some(({ name }) => name !== undefined)) return SCHEMA;
  if (calibrations.some(({ promise_kind: kind }) => kind !== undefined)) return SCHEMA_WITHOUT_NAMES;
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
