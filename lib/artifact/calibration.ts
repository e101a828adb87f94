import type { CertifiedPath } from '../calibrate/certified-path.js';
import type { CalibrationTarget } from '../calibrate/target.js';
import type { DecisionRule } from '../exits/decision-rule.js';
import { percent } from '../stats/percent.js';
import type { WrittenCalibration, WrittenPath } from './calibration-schema.js';
import { readTarget, writtenTarget } from './written-target.js';

/** A promise that a calibration was asked for. */
export interface AskedPromise {
  /** A fraction. */
  readonly confidence: number;
  /** The tested path that it was taken from, so that other drops can be asked for at once. */
  readonly path: CertifiedPath;
}

/** One choice of thresholds, with what it was chosen by and from. */
export interface Calibration
  extends Pick<WrittenCalibration, 'method' | 'labels' | 'split' | 'split_seed' | 'images' | 'parameter'> {
  /** What was asked for. */
  readonly target: CalibrationTarget;
  readonly rule: DecisionRule;
  /** Null for an empirical choice. */
  readonly promise: AskedPromise | null;
}

export function readCalibration(written: WrittenCalibration): Calibration {
  const { method, labels, split, split_seed, images, parameter } = written;
  const { scoring, thresholds, confidence_percent: confidence, path } = written;
  return {
    ...{ method, labels, split, split_seed, images, parameter },
    target: readTarget(written),
    rule: { scoring, thresholds },
    promise:
      confidence === null || path === null ? null : { confidence: confidence / 100, path: readPath(path) },
  };
}

export function writtenCalibration(calibration: Calibration): WrittenCalibration {
  const { target, rule, promise, method, labels, parameter } = calibration;
  const { split, split_seed, images } = calibration;
  const from = { ...writtenTarget(target), split, split_seed, images };
  const by = { method, labels };
  const chosen = {
    scoring: rule.scoring,
    confidence_percent: confidencePercent(calibration),
    parameter,
    thresholds: rule.thresholds,
    path: promise && writtenPath(promise.path),
  };
  // Fields stand where they always stood, so that a calibration that is made again has the same bytes.
  return target.kind === 'epsilon' ? { ...from, ...chosen, ...by } : { ...from, ...by, ...chosen };
}

function readPath({ points, ...tested }: WrittenPath): CertifiedPath {
  return { ...tested, points: points.map(({ macs, ...point }) => ({ ...point, cost: macs })) };
}

function writtenPath({ points, ...tested }: CertifiedPath): WrittenPath {
  return { ...tested, points: points.map(({ cost, ...point }) => ({ ...point, macs: cost })) };
}

/** The confidence of a calibration's promise as files have it; null without one. */
export function confidencePercent({ promise }: Pick<Calibration, 'promise'>): number | null {
  return promise && percent(promise.confidence);
}
