import path from 'node:path';
import type { Calibration } from '../../artifact/calibration.js';
import type { Manifest } from '../../artifact/manifest.js';
import type { TimedRun } from '../../cascade/measure-cascade.js';
import type { TimeRow } from '../../report/describe-measurement.js';
import type { CommandContext } from './context.js';
import { type EngineOptions, openChosenEngine } from './engine-options.js';

export interface MeasureOptions extends EngineOptions {
  readonly data?: string;
  readonly dataDir?: string;
}

/** What is timed: one image after another, as on a device, and many at once, as on a server. */
const SETTINGS = [
  { batchSize: 1, images: 256 },
  { batchSize: 128, images: 1024 },
] as const;

const ROUNDS = 15;

/**
 * Times a calibrated cascade against its full network on images of the test split; writes `time.csv` and `latency.csv`.
 *
 * @throws CascadeError if the cascade holds no network, or its data set is not there.
 */
export async function measureCalibration(
  folder: string,
  manifest: Manifest,
  calibration: Calibration,
  results: string,
  options: MeasureOptions,
  { reporter, signal }: CommandContext,
): Promise<{ readonly rows: readonly TimeRow[]; readonly text: string }> {
  const { loadNetwork } = await import('../../artifact/attached-network.js');
  const { measureCascade } = await import('../../cascade/measure-cascade.js');
  const { locateCascadeDataset, openCascadeSplit } = await import('../../records/cascade-dataset.js');
  const { stratifiedHalves } = await import('../../data/split.js');
  const { writeCsv } = await import('../../report/csv.js');
  const { describeMeasurement, latencyRows, timeRow } = await import('../../report/describe-measurement.js');
  const { permutation } = await import('../../stats/permutation.js');
  const { createRandom } = await import('../../stats/random.js');

  const saved = await loadNetwork(folder, manifest);
  const dataset = await locateCascadeDataset(folder, manifest, options);
  const engine = await openChosenEngine(options, reporter);
  const source = await openCascadeSplit(folder, manifest, dataset, 'test');
  const { half } = manifest.splits.test;
  const { split_seed: seed, rule } = calibration;
  const split =
    half === undefined
      ? Uint32Array.from({ length: source.count }, (_, row) => row)
      : stratifiedHalves(source.labels, seed)[half];
  const order = permutation(split.length, createRandom(seed));
  const measurements: TimedRun[] = [];
  try {
    for (const { batchSize, images } of SETTINGS) {
      const rows = Uint32Array.from(order.subarray(0, images), (position) => split[position]!);
      const bar = reporter.bar(`Timing batches of ${batchSize}`, ROUNDS);
      try {
        const onProgress = (done: number): void => bar.update(done);
        const timed = { rule, source, rows, batchSize, rounds: ROUNDS, onProgress, signal };
        measurements.push(await measureCascade(engine, saved, manifest, timed));
      } finally {
        bar.stop();
      }
    }
  } finally {
    await source.close();
  }
  const { name, backend } = engine;
  const about = { manifest, calibration, engine: backend === undefined ? name : `${name} (${backend})` };
  const rows = measurements.map((measurement) => timeRow(about, measurement));
  const latencies = latencyRows(about, measurements[0]!);
  await writeCsv(path.join(results, 'time.csv'), rows);
  await writeCsv(path.join(results, 'latency.csv'), latencies);
  return { rows, text: describeMeasurement(rows, latencies) };
}
