import { z } from 'zod';
import { METHODS } from '../calibrate/calibrate.js';
import { PROMISE_KINDS } from '../calibrate/promises/promise-kind.js';
import { counted, grouped } from '../counted.js';
import { CRITERION_NAMES } from '../exits/criteria.js';
import type { Scoring } from '../exits/scoring.js';
import { calibrationName } from './calibration-name.js';
import { count, percentage, seedSchema } from './counts.js';
import { type TimedExits, timingFault, timingSchema } from './timings/timing-schema.js';
import type { WrittenTimeTarget } from './written-target.js';

/** A weight of earlier outputs in a later one. */
const weight = z.number().min(0).lt(1);

export const scoringSchema = z.strictObject({
  criterion: z.enum(CRITERION_NAMES),
  top: z.int().min(1),
  averaging: weight,
  /** Files that do not have it mean the full network by itself at the end. */
  lastAveraging: weight.exactOptional(),
  temperatures: z.array(z.number().positive()).readonly().exactOptional(),
}) satisfies z.ZodType<Scoring>;

/** For each exit the least confidence that leaves there, null where it is disabled. */
const thresholdsSchema = z.array(z.number().nullable()).readonly();

/** The exact tests take time and memory by their number: what is beyond this was damaged. */
const testedImages = z
  .int()
  .min(1)
  .max(2 ** 24);

/** Counts of the groups of images that a promise holds for one by one, an element each. */
const groupsSchema = z.strictObject({
  images: z.array(count).readonly(),
  breaks: z.array(count).readonly(),
  repairs: z.array(count).readonly(),
});

/** A group's counts that cannot be, if there is one. */
function groupsFault({ images, breaks, repairs }: z.infer<typeof groupsSchema>, all: number): boolean {
  return (
    images.length === 0 ||
    breaks.length !== images.length ||
    repairs.length !== images.length ||
    images.some((count, group) => count > all || breaks[group]! + repairs[group]! > count)
  );
}

const pathSchema = z
  .strictObject({
    images: testedImages,
    labelFree: z.boolean(),
    points: z
      .array(
        z.strictObject({
          thresholds: thresholdsSchema,
          parameter: z.number().nullable(),
          breaks: count,
          repairs: count,
          macs: count,
          /** What all images together take, where thresholds were chosen by time. */
          nanoseconds: count.exactOptional(),
          groups: groupsSchema.exactOptional(),
        }),
      )
      .readonly(),
  })
  .superRefine(({ images, points }, context) => {
    for (const [index, { breaks, repairs, groups }] of points.entries()) {
      if (groups !== undefined && groupsFault(groups, images))
        context.addIssue({
          code: 'custom',
          path: ['points', index, 'groups'],
          message: `they are not groups of the ${counted(images, 'image')}`,
        });
      if (breaks + repairs > images)
        context.addIssue({
          code: 'custom',
          path: ['points', index],
          message: `${breaks} breaks and ${repairs} repairs are more than the ${counted(images, 'image')}`,
        });
    }
  });

/** What was asked for; exactly one of them. */
const targetFields = {
  max_drop_points: percentage.nullable(),
  max_macs_percent: z.number().min(0).max(100).nullable(),
  epsilon_points: percentage.nullable(),
  /** Only where thresholds were chosen by time. */
  max_time_percent: z.number().min(0).max(100).nullable().exactOptional(),
} satisfies { [Name in keyof WrittenTimeTarget]: z.ZodType<WrittenTimeTarget[Name] | undefined> };

/** One choice of thresholds, with what it was chosen by and from. */
const calibrationSchema = z
  .strictObject({
    /** What its user calls it. */
    name: calibrationName.exactOptional(),
    ...targetFields,
    method: z.enum(METHODS),
    scoring: scoringSchema,
    /** `none`: the full network's predictions served as labels. */
    labels: z.enum(['given', 'none']),
    /** Confidence of the promise in percent; null for an empirical choice. */
    confidence_percent: z.number().gt(0).lt(100).nullable(),
    split: z.string(),
    split_seed: seedSchema,
    images: testedImages,
    /** The path's parameter at the chosen point: the paper's ε as a fraction, or the patience in exits; null for methods without. */
    parameter: z.number().nullable(),
    /** For each exit the least confidence that leaves there, null where it is disabled. */
    thresholds: thresholdsSchema,
    /** The tested path that the promise was taken from, so that other drops can be asked for at once; null for an empirical choice. */
    path: pathSchema.nullable(),
    /** The images that the drop is promised for, where that is not all together. */
    promise_kind: z.enum(PROMISE_KINDS).exclude(['mean']).exactOptional(),
    /** The measurement that thresholds were chosen by; multiply-accumulates when left out. */
    timing: timingSchema.exactOptional(),
  })
  .superRefine((calibration, context) => {
    const { path, images, confidence_percent: confidence, method, scoring, thresholds } = calibration;
    const { max_drop_points: drop, max_macs_percent: budget, epsilon_points: epsilon } = calibration;
    const refuse = (where: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [where], message });
    const { max_time_percent: time = null, timing } = calibration;
    if ([drop, budget, time, epsilon].filter((each) => each !== null).length !== 1)
      refuse('max_drop_points', 'exactly one of drop, MACs, time and ε is asked for');
    if (timing === undefined ? time !== null : budget !== null || epsilon !== null)
      refuse('timing', 'a measurement goes with a choice by time, and only with it');
    if (path?.points.some((point) => (point.nanoseconds === undefined) !== (timing === undefined)))
      refuse('path', 'the points of a path have times where the choice was by time, and only there');
    const { promise_kind: kind } = calibration;
    if (kind !== undefined && (confidence === null || drop === null))
      refuse('promise_kind', 'a promise for every exit or class is of a drop, with a confidence');
    if (path?.points.some(({ groups }) => (groups === undefined) !== (kind === undefined)))
      refuse('path', 'the points of a path have groups where something is promised of each, and only there');
    if ((method === 'paper-epsilon') !== (epsilon !== null))
      refuse('epsilon_points', 'a slack goes with the method paper-epsilon, and only with it');
    if (path !== null && path.images > images)
      refuse('path', `it was tested on ${grouped(path.images)} of the ${counted(images, 'image')}`);
    if ((path === null) !== (confidence === null))
      refuse('path', 'a tested path goes with a confidence, and only with it');
    const lists = [
      scoring.temperatures ?? thresholds,
      ...(path?.points ?? []).map((point) => point.thresholds),
    ];
    if (lists.some(({ length }) => length !== thresholds.length))
      refuse('thresholds', 'temperatures and the points of the path must be of as many exits');
  });

/** A tested path as `thresholds.json` has it. */
export type WrittenPath = Readonly<z.infer<typeof pathSchema>>;

/** A calibration as `thresholds.json` has it. */
export type WrittenCalibration = Readonly<z.infer<typeof calibrationSchema>>;

/** What `thresholds.json` holds of a cascade. @param classes of the cascade. */
export function calibrationsSchema({ exits, members }: TimedExits, classes: number) {
  return z
    .strictObject({
      schema: z.int().min(1),
      /** Number of the one that the cascade is run with, from 0; the last where it is left out. */
      active: count.exactOptional(),
      calibrations: z
        .array(
          calibrationSchema
            .refine(({ thresholds }) => thresholds.length === exits.length, {
              path: ['thresholds'],
              message: `it does not fit this cascade's ${counted(exits.length, 'exit')}`,
            })
            .superRefine(({ timing }, context) => {
              const fault = timing && timingFault(timing, { exits, members });
              if (fault !== undefined)
                context.addIssue({ code: 'custom', path: ['timing', ...fault[0]], message: fault[1] });
            })
            .refine(({ scoring: { top } }) => top < classes, {
              path: ['scoring', 'top'],
              message: `it must be less than the ${classes} classes`,
            }),
        )
        .readonly(),
    })
    .superRefine(({ active = 0, calibrations }, context) => {
      const refuse = (where: string, message: string): void =>
        context.addIssue({ code: 'custom', path: [where], message });
      if (active > 0 && active >= calibrations.length)
        refuse(
          'active',
          `there ${calibrations.length === 1 ? 'is' : 'are'} ${counted(calibrations.length, 'calibration')}`,
        );
      const names = calibrations.flatMap(({ name }) => name ?? []);
      if (new Set(names).size < names.length) refuse('calibrations', 'two have the same name');
    });
}
