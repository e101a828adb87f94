import { availableParallelism } from 'node:os';
import { type Calibration, confidencePercent } from '../artifact/calibration.js';
import type { Manifest } from '../artifact/manifest.js';
import { writtenTarget } from '../artifact/written-target.js';
import type { TimedRun } from '../cascade/measure-cascade.js';
import { scoringName } from '../exits/scoring.js';
import { percent } from '../stats/percent.js';
import { quantile } from '../stats/quantile.js';
import { renderTable } from './table.js';

/** What was timed. */
export interface TimedCascade {
  readonly manifest: Manifest;
  readonly calibration: Calibration;
  readonly engine: string;
}

/** A row of `time.csv`. */
export type TimeRow = ReturnType<typeof timeRow>;

/** A row of `latency.csv`. */
export type LatencyRow = ReturnType<typeof latencyRows>[number];

/** Digits of a time in microseconds; the rest is noise. */
const MILLISECOND_DIGITS = 4;

/** The row of `time.csv` for one batch size. */
export function timeRow(about: TimedCascade, run: TimedRun) {
  return {
    ...commonCells(about),
    batch_size: run.batchSize,
    images: run.images,
    rounds: run.rounds,
    full_milliseconds_per_image: milliseconds(run.fullMilliseconds),
    milliseconds_per_image: milliseconds(run.cascadeMilliseconds),
    time_saved_percent: percent(run.timeSaved),
    time_saved_low_percent: percent(run.timeSavedLow),
    time_saved_high_percent: percent(run.timeSavedHigh),
    macs_saved_percent: percent(run.macsSaved),
  };
}

/** The rows of `latency.csv`: one an exit where images left, then one of all images. */
export function latencyRows(about: TimedCascade, { latencies, batchSize }: TimedRun) {
  const groups = [
    ...latencies.map((times, exit) => ({
      block: about.manifest.exits[exit]?.block ?? null,
      name: nameOf(about, exit),
      times,
    })),
    { block: null, name: 'all images', times: latencies.flat() },
  ];
  return groups
    .filter(({ times }) => times.length > 0)
    .map(({ block, name, times }) => ({
      ...commonCells(about),
      batch_size: batchSize,
      block,
      left_at: name,
      timings: times.length,
      p50_milliseconds: milliseconds(quantile(times, 0.5)),
      p95_milliseconds: milliseconds(quantile(times, 0.95)),
      p99_milliseconds: milliseconds(quantile(times, 0.99)),
    }));
}

function nameOf({ manifest }: TimedCascade, exit: number): string {
  return manifest.exits[exit]?.name ?? 'full network';
}

function commonCells({ manifest, calibration, engine }: TimedCascade) {
  return {
    cascade: manifest.name,
    dataset: manifest.dataset,
    split: 'test',
    split_seed: calibration.split_seed,
    method: calibration.method,
    criterion: scoringName(calibration.rule.scoring),
    max_drop_points: writtenTarget(calibration.target).max_drop_points,
    confidence_percent: confidencePercent(calibration),
    engine,
    threads: availableParallelism(),
  };
}

function milliseconds(value: number): number {
  return Number(value.toFixed(MILLISECOND_DIGITS));
}

/** Measured times in two tables, for a terminal. */
export function describeMeasurement(rows: readonly TimeRow[], latencies: readonly LatencyRow[]): string {
  const [{ engine, threads }] = rows as [TimeRow];
  const times = renderTable(
    ['images at once', 'full network', 'cascade', 'time saved', '95 % of the rounds', 'MACs saved'],
    rows.map((row) => [
      row.batch_size,
      `${row.full_milliseconds_per_image.toFixed(3)} ms`,
      `${row.milliseconds_per_image.toFixed(3)} ms`,
      `${row.time_saved_percent.toFixed(1)} %`,
      `${row.time_saved_low_percent.toFixed(1)} to ${row.time_saved_high_percent.toFixed(1)} %`,
      `${row.macs_saved_percent.toFixed(1)} %`,
    ]),
  );
  const latency = renderTable(
    ['left at', 'p50', 'p95', 'p99'],
    latencies.map((row) => [
      row.left_at,
      ...[row.p50_milliseconds, row.p95_milliseconds, row.p99_milliseconds].map(
        (value) => `${value.toFixed(2)} ms`,
      ),
    ]),
  );
  return [
    `Measured on ${engine}, ${threads} threads, cascade and full network in turns:`,
    '',
    times,
    '',
    'Latency of single images:',
    '',
    latency,
  ].join('\n');
}
