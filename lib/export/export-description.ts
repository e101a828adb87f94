import { type Calibration, currencyOf, writtenCalibration } from '../artifact/calibration.js';
import type { WrittenCalibration } from '../artifact/calibration-schema.js';
import { exitCosts } from '../artifact/exit-costs.js';
import { FULL_NETWORK } from '../artifact/exit-names.js';
import type { Manifest } from '../artifact/manifest.js';
import type { Currency } from '../artifact/timings/prices.js';
import { maxTimePercent } from '../artifact/written-target.js';
import type { CriterionName } from '../exits/criteria.js';
import { runningThreshold } from '../exits/decision-rule.js';
import { temperatureOf } from '../exits/score-exit.js';
import { enabledExits, leavingCosts } from '../exits/thresholds.js';
import type { CascadeSegment } from '../router/cascade-segments.js';

/** Version of the layout of `export.json`. */
const EXPORT_SCHEMA = 2;

export const DESCRIPTION_FILE = 'export.json';

/** The whole cascade in one file of an export for ONNX, for one image at a time and for many. */
const SINGLE_FILE = 'cascade.onnx';
const BATCH_FILE = 'cascade-batch.onnx';

/** The folder of an export for TensorFlow.js with the modules that decide where an image leaves. */
export const RUNTIME_FOLDER = 'runtime';

/** Whether a folder's entry is one of those that an export of any format makes beside its description. */
export function isExportFile(name: string): boolean {
  return [SINGLE_FILE, BATCH_FILE, RUNTIME_FOLDER].includes(name) || /^segment-\d+(\.onnx)?$/.test(name);
}

export type ExportFormat = 'onnx' | 'tfjs';

/** One segment of an exported cascade: a network of its own, which ends in an exit or in the full network's classifier. */
export interface ExportedSegment {
  /** ONNX: a file; TensorFlow.js: a folder's `model.json`. */
  readonly file: string;
  /** Name of what it takes: the features of the segment before, or the image, where that one has none. */
  readonly input: string;
  /** Name of the logits, batch × classes. */
  readonly logits: string;
  /** Name of what the next segment takes; null for the last, and where the next takes the image again. */
  readonly features: string | null;
  /** Residual block after which it ends; null at the end of a network. */
  readonly block: number | null;
  /** Where an image that leaves here left, in words. */
  readonly left_at: string;
  /** An image leaves here if its confidence is at least this; null for the last, where all leave. */
  readonly threshold: number | null;
  /** What the logits are divided by first. */
  readonly temperature: number;
  /** Multiply-accumulates of an image that leaves here, every visited head billed. */
  readonly macs: number;
}

/** `export.json`: all that a program needs to classify with the exported files. */
export interface ExportDescription {
  readonly schema: number;
  readonly cascade_version: string;
  readonly format: ExportFormat;
  readonly name: string;
  readonly classes: number;
  readonly class_names: readonly string[];
  readonly full_macs: number;
  readonly input: {
    /** Pixels 0 … 255; the normalisation is part of the first segment. */
    readonly type: 'uint8' | 'int32';
    /** Batch, channels, rows, columns; or batch, rows, columns, channels. */
    readonly layout: 'NCHW' | 'NHWC';
    /** `[channels, height, width]`; images of another size are stretched to it. */
    readonly shape: readonly number[];
  };
  /** What the thresholds were chosen for. */
  readonly calibration: Pick<
    WrittenCalibration,
    'method' | 'max_drop_points' | 'max_macs_percent' | 'epsilon_points' | 'confidence_percent' | 'split'
  > & {
    /** What they were chosen to be cheap in. */
    readonly cost: Currency;
    /** A budget of time, a share of the full network's; null for another target. */
    readonly max_time_percent: number | null;
    /** Images at once whose time they were chosen by; null by MACs. */
    readonly batch_size: number | null;
  } & Partial<Pick<WrittenCalibration, 'promise_kind'>>;
  readonly criterion: CriterionName;
  /** How many of the likeliest classes count as the prediction. */
  readonly top: number;
  /** Weight of the exit before: scores ← log softmax(logits / temperature) + weight · scores of the exit before; 0 for none. */
  readonly averaging: number;
  /** The same weight for the last segment, where there is an exit before it; 0 where it is left out. */
  readonly last_averaging?: number;
  readonly segments: readonly ExportedSegment[];
  /** ONNX only: everything in one file for one image at a time; the rest of the network is skipped where the image has left. */
  readonly single_file?: string;
  /** ONNX only: the same for any number of images at once; behind each exit only those that stay go on. */
  readonly batch_file?: string;
}

export function exportDescription(
  manifest: Manifest,
  calibration: Calibration,
  segments: readonly CascadeSegment[],
  format: ExportFormat,
  version: string,
): ExportDescription {
  const { exits, full_macs: fullMacs } = manifest;
  const { rule } = calibration;
  const currency = currencyOf(calibration);
  const { scoring, thresholds } = rule;
  const macs = leavingCosts(exitCosts(manifest), enabledExits(thresholds));
  const { method, max_drop_points, max_macs_percent, epsilon_points, ...written } =
    writtenCalibration(calibration);
  const { confidence_percent, promise_kind, split } = written;
  return {
    schema: EXPORT_SCHEMA,
    cascade_version: version,
    format,
    name: manifest.name,
    classes: manifest.classes,
    class_names: manifest.class_names,
    full_macs: fullMacs,
    input: {
      type: format === 'onnx' ? 'uint8' : 'int32',
      layout: format === 'onnx' ? 'NCHW' : 'NHWC',
      shape: segments[0]!.network.graph.inputShape,
    },
    calibration: {
      ...{ method, max_drop_points, max_macs_percent, epsilon_points, confidence_percent, split },
      ...(promise_kind && { promise_kind }),
      cost: currency,
      max_time_percent: maxTimePercent(calibration.target, currency),
      batch_size: calibration.timing?.batch_size ?? null,
    },
    criterion: scoring.criterion,
    top: scoring.top,
    averaging: scoring.averaging,
    ...(scoring.lastAveraging && { last_averaging: scoring.lastAveraging }),
    segments: segments.map(({ network, exit, logits, features }, position) => ({
      file: segmentFile(position, format),
      input: network.graph.input,
      logits,
      features: features ?? null,
      block: exit === undefined ? null : exits[exit]!.block,
      left_at: exit === undefined ? FULL_NETWORK : exits[exit]!.name,
      threshold: exit === undefined ? null : runningThreshold(rule, exit),
      temperature: exit === undefined ? 1 : temperatureOf(scoring, exit),
      macs: macs[exit ?? exits.length]!,
    })),
    ...(format === 'onnx' ? { single_file: SINGLE_FILE, batch_file: BATCH_FILE } : {}),
  };
}

function segmentFile(position: number, format: ExportFormat): string {
  return format === 'onnx' ? `segment-${position}.onnx` : `segment-${position}/model.json`;
}
