import { availableParallelism } from 'node:os';
import { type Calibration, confidencePercent, currencyOf } from '../artifact/calibration.js';
import { FULL_NETWORK } from '../artifact/exit-names.js';
import type { Manifest } from '../artifact/manifest.js';
import { writtenTarget } from '../artifact/written-target.js';
import type { TimedRun } from '../cascade/measure-cascade.js';
import { scoringName } from '../exits/scoring.js';
import { percent } from '../stats/percent.js';
import { quantile } from '../stats/quantile.js';

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
    cost: currencyOf(about.calibration),
    predicted_milliseconds_per_image: run.predicted.predicted_milliseconds_per_image,
    predicted_full_milliseconds_per_image: run.predicted.predicted_full_milliseconds_per_image,
    predicted_time_saved_percent: run.predicted.predicted_time_saved_percent,
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
  return manifest.exits[exit]?.name ?? FULL_NETWORK;
}

function commonCells({ manifest, calibration, engine }: TimedCascade) {
  return {
    cascade: manifest.name,
    dataset: manifest.dataset,
    split: 'test',
    split_seed: calibration.split_seed,
    method: calibration.method,
    criterion: scoringName(calibration.rule.scoring),
    max_drop_points: writtenTarget(calibration.target, currencyOf(calibration)).max_drop_points,
    confidence_percent: confidencePercent(calibration),
    engine,
    threads: availableParallelism(),
  };
}

function milliseconds(value: number): number {
  return Number(value.toFixed(MILLISECOND_DIGITS));
}
