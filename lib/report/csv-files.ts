import type { ColumnName } from './columns.js';

/** A CSV file that a command writes. */
export interface CsvFile {
  /** Commands that write it. */
  readonly by: string;
  /** What a row is. */
  readonly row: string;
  /** In their order. */
  readonly columns: readonly ColumnName[];
}

const OF_CASCADE = ['cascade', 'dataset', 'split', 'split_seed'] as const;
const ASKED = [
  'max_drop_points',
  'max_macs_percent',
  'epsilon_points',
  'confidence_percent',
  'labels',
] as const;
const CLOSING = ['mac_convention', 'seed'] as const;
const PREDICTED = [
  'batch_size',
  'predicted_milliseconds_per_image',
  'predicted_full_milliseconds_per_image',
  'predicted_time_saved_percent',
] as const;

const OF_EXIT = [...OF_CASCADE, 'method', 'criterion', ...ASKED, 'exit', 'block', 'name', 'head'] as const;

const EXIT_SHARES = [
  ...OF_EXIT,
  'enabled',
  'threshold',
  'share_percent',
  'exit_accuracy_percent',
  'macs',
  'images',
  ...CLOSING,
  'cost',
  'max_time_percent',
  'batch_size',
  'predicted_milliseconds',
] as const;

const GROUPS = [
  ...OF_CASCADE,
  'method',
  'criterion',
  ...ASKED,
  'promise_kind',
  'grouping',
  'group',
  'images',
  'breaks',
  'repairs',
  'drop_points',
  'drop_low_points',
  'drop_high_points',
  'contradicted',
  ...CLOSING,
  'cost',
  'max_time_percent',
] as const;

const TIMED = [
  ...OF_CASCADE,
  'method',
  'criterion',
  'max_drop_points',
  'confidence_percent',
  'engine',
  'threads',
  'batch_size',
] as const;

/** What an exit does if every image leaves there. */
const ALONE = ['block', 'name', 'head', 'images', 'accuracy_percent', 'macs', 'macs_percent'] as const;

const CLASSIFIED = [
  'image',
  'class',
  'class_name',
  'probability_percent',
  'block',
  'left_at',
  'macs',
] as const;

/** The CSV files under `results/<name>/`, that in the folder of `ask`, and what `run --format csv` prints. */
export const CSV_FILES = {
  'eval.csv': {
    by: 'eval',
    row: 'a calibration on the test split',
    columns: [
      ...OF_CASCADE,
      'method',
      'criterion',
      ...ASKED,
      'images',
      'full_accuracy_percent',
      'accuracy_percent',
      'drop_points',
      'drop_low_points',
      'drop_high_points',
      'macs_per_image',
      'full_macs',
      'macs_saved_percent',
      ...CLOSING,
      'cost',
      'max_time_percent',
      ...PREDICTED,
    ],
  },
  'thresholds.csv': {
    by: 'calibrate',
    row: 'an exit of the calibration, with what it does on the calibration split',
    columns: EXIT_SHARES,
  },
  'shares.csv': {
    by: 'eval',
    row: 'an exit of a calibration, with what it does on the test split',
    columns: EXIT_SHARES,
  },
  'reliability.csv': {
    by: 'eval',
    row: 'test images of about the same confidence at an enabled exit of a calibration, a tenth of all or more, whether or not they leave there',
    columns: [
      ...OF_EXIT,
      'images',
      'mean_confidence',
      'accuracy_percent',
      'accuracy_low_percent',
      'accuracy_high_percent',
      ...CLOSING,
      'cost',
      'max_time_percent',
    ],
  },
  'promised.csv': {
    by: 'calibrate --promise',
    row: 'a group of images that a drop is promised of by itself, with what the calibration does with it on the calibration split',
    columns: GROUPS,
  },
  'groups.csv': {
    by: 'eval',
    row: 'the images of a calibration that leave at an exit or before it, then those of a class, with what it does with them on the test split',
    columns: GROUPS,
  },
  'exits.csv': {
    by: 'eval, sweep',
    row: 'an exit, as if every image left there and only its head were run',
    columns: [
      ...OF_CASCADE,
      'exit',
      ...ALONE,
      ...CLOSING,
      'batch_size',
      'predicted_milliseconds',
      'predicted_time_percent',
    ],
  },
  'front.csv': {
    by: 'sweep',
    row: 'an operating point on one of the splits; thresholds from the calibration split',
    columns: [
      ...OF_CASCADE,
      'method',
      'criterion',
      'parameter',
      'images',
      'full_accuracy_percent',
      'accuracy_percent',
      'drop_points',
      'macs_per_image',
      'full_macs',
      'macs_saved_percent',
      ...CLOSING,
      'cost',
      ...PREDICTED,
    ],
  },
  'compare.csv': {
    by: 'compare',
    row: 'a method under one thing asked, a drop or a budget; the other columns are empty',
    columns: [
      'cascade',
      'dataset',
      'exits',
      'method',
      'criterion',
      'splits',
      'images',
      'mac_convention',
      'max_drop_points',
      'max_macs_percent',
      'macs_saved_percent',
      'macs_saved_low_percent',
      'macs_saved_high_percent',
      'drop_points',
      'drop_low_points',
      'drop_high_points',
      'cost',
      'max_time_percent',
      'batch_size',
      'predicted_time_saved_percent',
      'predicted_time_saved_low_percent',
      'predicted_time_saved_high_percent',
      'macs_ahead_percent',
      'macs_ahead_low_percent',
      'macs_ahead_high_percent',
      'confidence_percent',
      'promised_saved_percent',
      'promised_saved_low_percent',
      'promised_saved_high_percent',
      'promised_drop_points',
      'promised_drop_low_points',
      'promised_drop_high_points',
      'promised_ahead_percent',
      'promised_ahead_low_percent',
      'promised_ahead_high_percent',
      'promised_time_saved_percent',
    ],
  },
  'time.csv': {
    by: 'eval --measure',
    row: 'a number of images at once',
    columns: [
      ...TIMED,
      'images',
      'rounds',
      'full_milliseconds_per_image',
      'milliseconds_per_image',
      'time_saved_percent',
      'time_saved_low_percent',
      'time_saved_high_percent',
      'macs_saved_percent',
      'cost',
      'predicted_milliseconds_per_image',
      'predicted_full_milliseconds_per_image',
      'predicted_time_saved_percent',
    ],
  },
  'latency.csv': {
    by: 'eval --measure',
    row: 'an exit where single images left, then all images',
    columns: [
      ...TIMED,
      'block',
      'left_at',
      'timings',
      'p50_milliseconds',
      'p95_milliseconds',
      'p99_milliseconds',
    ],
  },
  'probe.csv': {
    by: 'inspect --probe',
    row: 'a probe, as if every image left there and only a head of its kind were run; judged on fitting images that it was not fitted on',
    columns: ['backbone', 'dataset', ...ALONE, 'mac_convention', 'seed'],
  },
  'run --format csv': {
    by: 'run',
    row: 'an image',
    columns: CLASSIFIED,
  },
  'run --format csv --monitor 1%': {
    by: 'run --monitor',
    row: 'an image of a stream that is watched',
    columns: [...CLASSIFIED, 'checked'],
  },
  'ask.csv': {
    by: 'ask',
    row: 'an image whose class is asked for, in the order in which they decide',
    columns: ['image', 'file', 'class'],
  },
} as const satisfies Readonly<Record<string, CsvFile>>;
