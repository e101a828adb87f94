import { z } from 'zod';
import { seedSchema } from '../../artifact/counts.js';
import { checkGiven } from '../check-given.js';
import type { MonitorReport } from './monitor-report.js';
import { type MonitorReference, referenceSchema } from './monitor-state.js';

/** How a cascade is watched. */
export interface MonitorOptions {
  /** Share of the images on which the full network is compared with the cascade, a fraction such as 0.01. It may change from run to run. */
  readonly share: number;
  /**
   * Probability with which a stream that has not changed ever raises the alarm, at most, a fraction; 0.05 when left out, or what the state
   * was begun with.
   */
  readonly falseAlarms?: number | undefined;
  /** Seed of the choice of the images that are checked; 0 when left out, or what the state was begun with. */
  readonly seed?: number | undefined;
  /** File of the state; `monitor.json` in the cascade's folder when left out. */
  readonly state?: string | undefined;
  /** Name or number of the calibration that the cascade is loaded with; the active one when left out. */
  readonly use?: string | undefined;
  /** The drop that the cascade is loaded with, a fraction; what was calibrated for when left out. */
  readonly maxDrop?: number | undefined;
  /**
   * Images that a new state is held against: from the source of the calibration images, without a part in choosing thresholds. The cascade's
   * recorded test images when left out.
   */
  readonly reference?: MonitorReference | undefined;
  /** Told once, when the alarm is raised. */
  readonly onAlarm?: ((report: MonitorReport) => void) | undefined;
}

/** A millionth, the least that a state keeps of a share. */
const LEAST = 1e-6;

const optionsSchema = z.strictObject({
  share: z.number().min(LEAST).max(1),
  falseAlarms: z
    .number()
    .min(LEAST)
    .max(1 - LEAST)
    .optional(),
  seed: seedSchema.optional(),
  state: z.string().min(1).optional(),
  use: z.string().min(1).optional(),
  maxDrop: z.number().gt(-1).max(1).optional(),
  reference: referenceSchema.optional(),
  onAlarm: z.custom<MonitorOptions['onAlarm']>((value) => typeof value === 'function').optional(),
} satisfies Record<keyof MonitorOptions, z.ZodType>);

/** The options of `Monitor.open`. @throws CascadeError if one is of another name, kind or size. */
export function checkMonitorOptions(options: unknown): MonitorOptions {
  return checkGiven(optionsSchema, options, 'The options of Monitor.open do');
}
