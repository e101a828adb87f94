import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { type Calibration, confidencePercent, currencyOf } from '../../artifact/calibration.js';
import type { Manifest } from '../../artifact/manifest.js';
import { writtenTarget } from '../../artifact/written-target.js';
import { scoringName } from '../../exits/scoring.js';
import { readText } from '../../files/read-text.js';
import { resultsFolder } from '../csv.js';

/** Wall time of single images by where they left, as `cascade eval --measure` measured it. */
export interface LatencyTable {
  readonly engine: string;
  readonly threads: string;
  /** An exit each, then all images; times in milliseconds. */
  readonly rows: readonly {
    readonly leftAt: string;
    readonly timings: string;
    readonly p50: string;
    readonly p95: string;
    readonly p99: string;
  }[];
}

/**
 * The rows of `latency.csv` that were measured of a choice of thresholds; null where there is no such file or it is of another choice.
 *
 * @param results what `--results` names.
 * @param suffix of the files of this choice, as `calibrationSuffix` gives it.
 */
export async function measuredLatency(
  results: string,
  manifest: Manifest,
  calibration: Calibration,
  suffix: string,
): Promise<LatencyTable | null> {
  const file = path.join(resultsFolder(results, manifest), `latency${suffix}.csv`);
  const text = await readText(file).catch(() => null);
  if (text === null) return null;
  const rows = rowsOf(text).filter((row) => isOf(row, manifest, calibration));
  const [first] = rows;
  if (first === undefined) return null;
  const cell = (row: CsvCells, name: string): string => row[name] ?? '';
  return {
    engine: cell(first, 'engine'),
    threads: cell(first, 'threads'),
    rows: rows.map((row) => ({
      leftAt: cell(row, 'left_at'),
      timings: cell(row, 'timings'),
      p50: cell(row, 'p50_milliseconds'),
      p95: cell(row, 'p95_milliseconds'),
      p99: cell(row, 'p99_milliseconds'),
    })),
  };
}

type CsvCells = Readonly<Record<string, string | undefined>>;

/** None of a file that is no CSV: it may be anything. */
function rowsOf(text: string): readonly CsvCells[] {
  try {
    return parse(text, { columns: true, relax_column_count: true });
  } catch {
    return [];
  }
}

function isOf(row: CsvCells, manifest: Manifest, calibration: Calibration): boolean {
  const { rule, target, method, split_seed } = calibration;
  const wanted = {
    ...{ cascade: manifest.name, split_seed, method, criterion: scoringName(rule.scoring) },
    max_drop_points: writtenTarget(target, currencyOf(calibration)).max_drop_points,
    confidence_percent: confidencePercent(calibration),
  };
  return Object.entries(wanted).every(([name, value]) => row[name] === String(value ?? ''));
}
