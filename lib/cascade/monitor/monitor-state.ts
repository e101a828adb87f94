import { z } from 'zod';
import { count, imageCount, seedSchema } from '../../artifact/counts.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { type JsonLayout, readLayoutIfThere } from '../../files/json-layout.js';
import { sha256Schema } from '../../files/sha256.js';
import { RISE_ALTERNATIVES } from '../../stats/rise-wealth.js';

/** Version of the layout of a monitor's state that this program writes and reads. */
const SCHEMA = 1;

/** Images on which cascade and full network were compared before anything was watched. */
export interface MonitorReference {
  /** Where they come from. */
  readonly source: string;
  readonly images: number;
  /** Those on which the two disagree. */
  readonly disagreements: number;
}

/** What had been seen when an alarm was raised. */
export interface MonitorAlarm {
  /** Images that had gone through. */
  readonly images: number;
  /** Those among them that had been checked. */
  readonly checked: number;
  /** Those among the checked ones on which cascade and full network disagreed. */
  readonly disagreements: number;
}

export const referenceSchema = z
  .strictObject({ source: z.string(), images: imageCount, disagreements: count })
  .refine(({ images, disagreements }) => disagreements < images, {
    path: ['disagreements'],
    message: 'where all images are disagreed on no rise can be seen',
  }) satisfies z.ZodType<MonitorReference>;

const alarmSchema = z.strictObject({
  images: count,
  checked: count,
  disagreements: count,
}) satisfies z.ZodType<MonitorAlarm>;

const stateSchema = z
  .strictObject({
    schema: z.int().min(1),
    /** Name of the cascade. */
    cascade: z.string(),
    /** SHA-256 of its network. */
    cascade_sha256: sha256Schema,
    /** SHA-256 of the calibration that it is run with. */
    calibration_sha256: sha256Schema,
    /** Probability with which a stream that has not changed ever raises the alarm, at most. */
    false_alarms_percent: z.number().gt(0).lt(100),
    /** Share of the images that are checked. */
    share_percent: z.number().gt(0).max(100),
    /** Seed of the choice of the images that are checked. */
    seed: seedSchema,
    reference: referenceSchema,
    /** Images that went through. */
    images: count,
    /** Those among them that were chosen to be checked. */
    checked: count,
    /** How often the full network was run for that, beside the cascade. */
    full_runs: count,
    /** Checked images on which cascade and full network disagree. */
    disagreements: count,
    /** Natural logarithms of what was won on each alternative; none before the first image was checked. */
    log_stakes: z.array(z.number()).readonly(),
    alarm: alarmSchema.nullable(),
  })
  .superRefine((state, context) => {
    const { images, checked, full_runs: runs, disagreements, log_stakes: stakes, alarm } = state;
    const refuse = (where: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [where], message });
    if (checked > images || runs > checked || disagreements > runs)
      refuse('checked', 'there must be no more disagreements than runs, checked images and images');
    if (stakes.length !== (checked === 0 ? 0 : RISE_ALTERNATIVES))
      refuse('log_stakes', `there must be ${RISE_ALTERNATIVES} once an image was checked`);
    if (alarm !== null && (alarm.images > images || alarm.checked > checked))
      refuse('alarm', 'it has seen more than the monitor');
  });

/** What a monitor keeps between runs. */
export type MonitorState = Readonly<z.infer<typeof stateSchema>>;

const LAYOUT: JsonLayout<typeof stateSchema> = {
  schema: stateSchema,
  version: SCHEMA,
  remedy: 'delete it to begin anew',
};

/** @throws CascadeError if it is damaged or of a newer layout; undefined if there is none. */
export function loadMonitorState(file: string): Promise<MonitorState | undefined> {
  return readLayoutIfThere(file, LAYOUT);
}

/** Writes a state whole or not at all. */
export async function saveMonitorState(file: string, state: Omit<MonitorState, 'schema'>): Promise<void> {
  await writeFileAtomically(file, `${JSON.stringify({ schema: SCHEMA, ...state }, null, 2)}\n`);
}
