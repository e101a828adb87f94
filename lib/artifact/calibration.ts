import type { CertifiedPath } from '../calibrate/certified-path.js';
import type { PromiseKind } from '../calibrate/promises/promise-kind.js';
import type { CalibrationTarget } from '../calibrate/target.js';
import type { DecisionRule } from '../exits/decision-rule.js';
import type { GroupCounts } from '../exits/group-counts.js';
import { percent } from '../stats/percent.js';
import type { WrittenCalibration, WrittenPath } from './calibration-schema.js';
import type { Currency } from './timings/prices.js';
import type { Timing } from './timings/timing-schema.js';
import { maxTimePercent, readTarget, writtenTarget } from './written-target.js';

/** A promise that a calibration was asked for. */
export interface AskedPromise {
  /** A fraction. */
  readonly confidence: number;
  /** The images that a largest drop is promised for; all together when left out. */
  readonly kind?: PromiseKind;
  /** The tested path that it was taken from, so that other drops can be asked for at once. */
  readonly path: CertifiedPath;
  /** Multiply-accumulates of all images together at each point of the path, where its costs are times. */
  readonly pathMacs?: readonly number[];
}

/** One choice of thresholds, with what it was chosen by and from. */
export interface Calibration
  extends Pick<WrittenCalibration, 'method' | 'labels' | 'split' | 'split_seed' | 'images' | 'parameter'> {
  /** What its user calls it. */
  readonly name?: string;
  /** What was asked for. */
  readonly target: CalibrationTarget;
  readonly rule: DecisionRule;
  /** Null for an empirical choice. */
  readonly promise: AskedPromise | null;
  /** The measurement that it was chosen by, where time was the currency and not multiply-accumulates. */
  readonly timing?: Timing;
}

/** What a calibration was chosen by. */
export function currencyOf({ timing }: Pick<Calibration, 'timing'>): Currency {
  return timing === undefined ? 'macs' : 'time';
}

/** The images that a calibration promises a largest drop for. */
export function promiseKind({ promise }: Pick<Calibration, 'promise'>): PromiseKind {
  return promise?.kind ?? 'mean';
}

/** Files say nothing of what is usual. */
function writtenKind(calibration: Calibration): Pick<WrittenCalibration, 'promise_kind'> {
  const kind = promiseKind(calibration);
  return kind === 'mean' ? {} : { promise_kind: kind };
}

export function readCalibration(written: WrittenCalibration): Calibration {
  const { method, labels, split, split_seed, images, parameter } = written;
  const { scoring, thresholds, confidence_percent: confidence, path, timing } = written;
  const { name, promise_kind: kind } = written;
  return {
    ...(name === undefined ? {} : { name }),
    ...{ method, labels, split, split_seed, images, parameter },
    target: readTarget(written),
    rule: { scoring, thresholds },
    promise:
      confidence === null || path === null
        ? null
        : { confidence: confidence / 100, ...(kind && { kind }), ...readPath(path) },
    ...(timing && { timing }),
  };
}

export function writtenCalibration(calibration: Calibration): WrittenCalibration {
  const { name, target, rule, promise, method, labels, parameter, timing } = calibration;
  const { split, split_seed, images } = calibration;
  const from = {
    ...(name === undefined ? {} : { name }),
    ...writtenTarget(target, currencyOf(calibration)),
    ...{ split, split_seed, images },
  };
  const by = { method, labels };
  const chosen = {
    scoring: rule.scoring,
    confidence_percent: confidencePercent(calibration),
    parameter,
    thresholds: rule.thresholds,
    path: promise && writtenPath(promise),
    ...writtenKind(calibration),
  };
  // Fields stand where they always stood, so that a calibration that is made again has the same bytes.
  if (target.kind === 'epsilon') return { ...from, ...chosen, ...by };
  const time = timing && { max_time_percent: maxTimePercent(target, 'time'), timing };
  return { ...from, ...by, ...chosen, ...time };
}

function readPath({ points, ...tested }: WrittenPath): Pick<AskedPromise, 'path' | 'pathMacs'> {
  const isByTime = points.some(({ nanoseconds }) => nanoseconds !== undefined);
  const path = {
    ...tested,
    points: points.map(({ macs, nanoseconds = macs, groups, ...point }) => ({
      ...{ ...point, cost: nanoseconds },
      ...(groups && { groups: readGroups(groups) }),
    })),
  };
  return isByTime ? { path, pathMacs: points.map(({ macs }) => macs) } : { path };
}

function writtenPath({ path, pathMacs }: AskedPromise): WrittenPath {
  const { images, labelFree, points } = path;
  return {
    images,
    labelFree,
    points: points.map(({ thresholds, parameter, breaks, repairs, cost, groups }, index) => ({
      ...{ thresholds, parameter, breaks, repairs },
      ...(pathMacs === undefined ? { macs: cost } : { macs: pathMacs[index]!, nanoseconds: cost }),
      ...(groups && { groups: writtenGroups(groups) }),
    })),
  };
}

type WrittenGroups = NonNullable<WrittenPath['points'][number]['groups']>;

function readGroups({ images, breaks, repairs }: WrittenGroups): readonly GroupCounts[] {
  return images.map((count, group) => ({
    images: count,
    breaks: breaks[group]!,
    repairs: repairs[group]!,
  }));
}

function writtenGroups(groups: readonly GroupCounts[]): WrittenGroups {
  return {
    images: groups.map(({ images }) => images),
    breaks: groups.map(({ breaks }) => breaks),
    repairs: groups.map(({ repairs }) => repairs),
  };
}

/** The confidence of a calibration's promise as files have it; null without one. */
export function confidencePercent({ promise }: Pick<Calibration, 'promise'>): number | null {
  return promise && percent(promise.confidence);
}
