import type { Calibration } from '../../lib/artifact/calibration.js';
import type { Manifest } from '../../lib/artifact/manifest.js';
import type { Evaluation } from '../../lib/cascade/evaluation.js';
import type { TimedRun } from '../../lib/cascade/measure-cascade.js';
import { TIMING } from '../support/timing.js';

/** An invented cascade of two exits, its calibration for one point, and what that does; the figures mean nothing. */
export const MANIFEST: Manifest = {
  schema: 1,
  cascade_version: '0.1.0',
  name: 'r56',
  dataset: 'cifar10',
  classes: 10,
  class_names: Array.from({ length: 10 }, (_, label) => `class ${label}`),
  full_macs: 125_485_696,
  mac_convention: 'default',
  exits: [
    {
      block: 8,
      name: 'block 8',
      head: 'mlp',
      backbone_macs: 42_909_696,
      head_macs: 68_096,
      held_out_accuracy_percent: 96.5,
    },
    {
      block: 17,
      name: 'block 17',
      head: 'conv',
      backbone_macs: 84_000_000,
      head_macs: 133_632,
      held_out_accuracy_percent: 99.25,
    },
  ],
  splits: { calibration: { records: 'test', half: 0 }, test: { records: 'test', half: 1 } },
  seed: 3,
};

export const CALIBRATION: Calibration = {
  method: 'paper-path',
  target: { kind: 'max-drop', drop: 0.01 },
  rule: {
    scoring: { criterion: 'softmax', averaging: 0.4, lastAveraging: 0.4, top: 1 },
    thresholds: [0.875, null],
  },
  labels: 'given',
  split: 'first half of cifar10/test',
  split_seed: 7,
  images: 5000,
  parameter: 0.0125,
  promise: { confidence: 0.95, path: { images: 3500, labelFree: false, points: [] } },
};

export const EVALUATION: Evaluation = {
  images: 5000,
  full_accuracy_percent: 93.84,
  accuracy_percent: 93.36,
  drop_points: 0.48,
  drop_low_points: 0.1614,
  drop_high_points: 0.8263,
  macs_per_image: 79_192_657,
  full_macs: 125_485_696,
  macs_saved_percent: 36.8911,
  batch_size: null,
  predicted_milliseconds_per_image: null,
  predicted_full_milliseconds_per_image: null,
  predicted_time_saved_percent: null,
  exits: [
    {
      name: 'block 8',
      block: 8,
      threshold: 0.875,
      enabled: true,
      share_percent: 62.5,
      accuracy_percent: 98.08,
      macs: 42_977_792,
      predicted_milliseconds: null,
    },
    {
      name: 'block 17',
      block: 17,
      threshold: null,
      enabled: false,
      share_percent: 0,
      accuracy_percent: null,
      macs: 84_201_728,
      predicted_milliseconds: null,
    },
    {
      name: 'full network',
      block: null,
      threshold: null,
      enabled: true,
      share_percent: 37.5,
      accuracy_percent: 85.44,
      macs: 125_553_792,
      predicted_milliseconds: null,
    },
  ],
};

export const TIMED_RUN: TimedRun = {
  batchSize: 1,
  images: 4,
  rounds: 15,
  fullMilliseconds: 2.05271,
  cascadeMilliseconds: 1.5,
  timeSaved: 0.25,
  timeSavedLow: 0.125,
  timeSavedHigh: 0.3,
  macsSaved: 0.362,
  predicted: {
    batch_size: null,
    predicted_milliseconds_per_image: null,
    predicted_full_milliseconds_per_image: null,
    predicted_time_saved_percent: null,
  },
  latencies: [[1, 2, 3], [], [4]],
};

/** What it was timed with. */
export const TIMED_CASCADE = { manifest: MANIFEST, calibration: CALIBRATION, engine: 'onnxruntime' };

const [AT_BLOCK_8, AT_BLOCK_17, AT_FULL] = EVALUATION.exits;

/** The same where times were measured. */
export const TIMED_EVALUATION: Evaluation = {
  ...EVALUATION,
  batch_size: 1,
  predicted_milliseconds_per_image: 1.31,
  predicted_full_milliseconds_per_image: 2,
  predicted_time_saved_percent: 34.5,
  exits: [
    { ...AT_BLOCK_8!, predicted_milliseconds: 0.86 },
    { ...AT_BLOCK_17!, predicted_milliseconds: 1.46 },
    { ...AT_FULL!, predicted_milliseconds: 2.06 },
  ],
};

/** A calibration that was chosen by time. */
export const CALIBRATION_BY_TIME: Calibration = {
  ...CALIBRATION,
  target: { kind: 'max-cost', share: 0.7 },
  promise: { ...CALIBRATION.promise!, pathMacs: [] },
  timing: TIMING,
};
