import { renderTable } from '../table.js';
import type { LatencyRow, TimeRow } from '../time-rows.js';

/** Measured times in two tables, for a terminal. */
export function describeMeasurement(rows: readonly TimeRow[], latencies: readonly LatencyRow[]): string {
  const [{ engine, threads }] = rows as [TimeRow];
  const isPredicted = rows.some((row) => row.predicted_milliseconds_per_image !== null);
  const header = [
    'images at once',
    'full network',
    'cascade',
    'time saved',
    '95 % of the rounds',
    'MACs saved',
  ];
  const predicted = ['predicted', 'saved', 'measured to predicted'];
  const times = renderTable(
    [...header, ...(isPredicted ? predicted : [])],
    rows.map((row) => [
      row.batch_size,
      `${row.full_milliseconds_per_image.toFixed(3)} ms`,
      `${row.milliseconds_per_image.toFixed(3)} ms`,
      `${row.time_saved_percent.toFixed(1)} %`,
      `${row.time_saved_low_percent.toFixed(1)} to ${row.time_saved_high_percent.toFixed(1)} %`,
      `${row.macs_saved_percent.toFixed(1)} %`,
      ...(isPredicted ? predictedCells(row) : []),
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

/** What the measurement of the exits says of the cascade, and the ratio of what was measured now to it. */
function predictedCells(row: TimeRow): readonly (string | null)[] {
  const { predicted_milliseconds_per_image: time, predicted_time_saved_percent: saved } = row;
  if (time === null || saved === null) return [null, null, null];
  return [`${time.toFixed(3)} ms`, `${saved.toFixed(1)} %`, (row.milliseconds_per_image / time).toFixed(2)];
}
