/** The part of the data that a row was measured on: thresholds are chosen on one, figures reported on the other. */
export type Split = 'calibration' | 'test';

/** What a cell may hold. Text and optional numbers may be empty; the others make the row unreadable when they are. */
export type CellKind = 'text' | 'split' | 'number' | 'optional number';

/** Whose images a row is of. */
const measuredOn = {
  cascade: 'text',
  dataset: 'text',
  split: 'split',
  split_seed: 'text',
} as const;

const common = {
  ...measuredOn,
  images: 'optional number',
  accuracy_percent: 'number',
  mac_convention: 'text',
  seed: 'text',
} as const;

const point = {
  ...common,
  method: 'text',
  criterion: 'text',
  full_accuracy_percent: 'optional number',
  drop_points: 'optional number',
  macs_per_image: 'optional number',
  full_macs: 'optional number',
  macs_saved_percent: 'number',
  cost: 'text',
  batch_size: 'optional number',
  predicted_full_milliseconds_per_image: 'optional number',
  predicted_time_saved_percent: 'optional number',
} as const;

/** What was asked of a choice of thresholds. */
const target = {
  max_drop_points: 'optional number',
  max_macs_percent: 'optional number',
  max_time_percent: 'optional number',
  epsilon_points: 'optional number',
  confidence_percent: 'optional number',
  labels: 'text',
} as const;

/** Columns of `front.csv`: one row an operating point of a path of thresholds. */
export const FRONT_COLUMNS = { ...point, parameter: 'text' } as const satisfies Record<string, CellKind>;

/** Columns of `eval.csv`: one row a chosen operating point, its drop in points with the interval's two ends. */
export const EVAL_COLUMNS = {
  ...point,
  ...target,
  drop_low_points: 'optional number',
  drop_high_points: 'optional number',
} as const satisfies Record<string, CellKind>;

/** Columns of `exits.csv`: one row an exit that every image leaves by; the last is the full network. */
export const EXIT_COLUMNS = {
  ...common,
  exit: 'number',
  block: 'optional number',
  name: 'text',
  head: 'text',
  macs: 'optional number',
  macs_percent: 'number',
  batch_size: 'optional number',
  predicted_milliseconds: 'optional number',
  predicted_time_percent: 'optional number',
} as const satisfies Record<string, CellKind>;

/** What an exit's row says of the choice that it is of. */
const choice = {
  ...measuredOn,
  method: 'text',
  criterion: 'text',
  ...target,
  cost: 'text',
} as const;

/** Columns of `thresholds.csv` and `shares.csv`: one row an exit of a choice of thresholds, from the first to the full network. */
export const SHARE_COLUMNS = {
  ...choice,
  exit: 'number',
  name: 'text',
  share_percent: 'number',
  exit_accuracy_percent: 'optional number',
  images: 'optional number',
} as const satisfies Record<string, CellKind>;

/** Columns of `reliability.csv`: one row a group of images of about the same confidence at an exit. */
export const RELIABILITY_COLUMNS = {
  ...choice,
  exit: 'number',
  name: 'text',
  images: 'number',
  mean_confidence: 'number',
  accuracy_percent: 'number',
  accuracy_low_percent: 'number',
  accuracy_high_percent: 'number',
} as const satisfies Record<string, CellKind>;

/** What times were measured on. */
const timed = {
  cascade: 'text',
  dataset: 'text',
  engine: 'text',
  threads: 'number',
  batch_size: 'number',
} as const;

/** Columns of `latency.csv`: one row an exit where single images left, then one of all images. */
export const LATENCY_COLUMNS = {
  ...timed,
  left_at: 'text',
  timings: 'number',
  p50_milliseconds: 'number',
  p95_milliseconds: 'number',
  p99_milliseconds: 'number',
} as const satisfies Record<string, CellKind>;

/** Columns of `compare.csv`: one row a method and thing asked; what is not asked of it is empty. */
export const COMPARISON_COLUMNS = {
  cascade: 'text',
  dataset: 'text',
  exits: 'text',
  method: 'text',
  criterion: 'text',
  max_drop_points: 'optional number',
  macs_saved_percent: 'optional number',
  macs_saved_low_percent: 'optional number',
  macs_saved_high_percent: 'optional number',
  splits: 'number',
  images: 'number',
} as const satisfies Record<string, CellKind>;

/** Columns of `time.csv`: one row a cascade and number of images at once. */
export const TIME_COLUMNS = {
  ...timed,
  full_milliseconds_per_image: 'optional number',
  milliseconds_per_image: 'optional number',
  predicted_time_saved_percent: 'optional number',
  time_saved_percent: 'number',
  time_saved_low_percent: 'number',
  time_saved_high_percent: 'number',
  macs_saved_percent: 'number',
} as const satisfies Record<string, CellKind>;

/** Columns of `probe.csv`: one row a probe; the full network's has no head. */
export const PROBE_COLUMNS = {
  backbone: 'text',
  dataset: 'text',
  head: 'text',
  images: 'number',
  accuracy_percent: 'number',
  macs_percent: 'number',
} as const satisfies Record<string, CellKind>;

/** What pictures read of each file. */
export const READ_COLUMNS = {
  'front.csv': FRONT_COLUMNS,
  'exits.csv': EXIT_COLUMNS,
  'eval.csv': EVAL_COLUMNS,
  'compare.csv': COMPARISON_COLUMNS,
  'time.csv': TIME_COLUMNS,
  'probe.csv': PROBE_COLUMNS,
  'shares.csv': SHARE_COLUMNS,
  'reliability.csv': RELIABILITY_COLUMNS,
  'latency.csv': LATENCY_COLUMNS,
} as const;

type Cell<Kind> = Kind extends 'number'
  ? number
  : Kind extends 'optional number'
    ? number | null
    : Kind extends 'split'
      ? Split
      : string;

/** A row as read: keys are the column names; empty text is `''`, an empty optional number `null`. */
export type Row<Columns> = { readonly [Name in keyof Columns]: Cell<Columns[Name]> };

export type FrontRow = Row<typeof FRONT_COLUMNS>;
export type EvalRow = Row<typeof EVAL_COLUMNS>;
export type ExitRow = Row<typeof EXIT_COLUMNS>;
export type ShareRow = Row<typeof SHARE_COLUMNS>;
export type ReliabilityRow = Row<typeof RELIABILITY_COLUMNS>;
export type LatencyReportRow = Row<typeof LATENCY_COLUMNS>;
export type ComparisonRow = Row<typeof COMPARISON_COLUMNS>;
export type TimeReportRow = Row<typeof TIME_COLUMNS>;
export type ProbeReportRow = Row<typeof PROBE_COLUMNS>;

/** What a set of CSV files says, and a sentence for each file that was left out. */
export interface Report {
  readonly front: readonly FrontRow[];
  readonly exits: readonly ExitRow[];
  readonly eval: readonly EvalRow[];
  readonly comparison: readonly ComparisonRow[];
  readonly time: readonly TimeReportRow[];
  readonly probe: readonly ProbeReportRow[];
  readonly shares: readonly ShareRow[];
  readonly reliability: readonly ReliabilityRow[];
  readonly latency: readonly LatencyReportRow[];
  readonly notes: readonly string[];
}
