import type { SavedNetwork } from '../artifact/attached-network.js';
import type { Calibration } from '../artifact/calibration.js';
import type { Manifest } from '../artifact/manifest.js';
import type { Prices } from '../artifact/timings/prices.js';
import type { LocatedDataset } from '../data/dataset.js';
import type { Engine } from '../engine/engine.js';
import { openCascadeSplit } from '../records/cascade-dataset.js';
import type { Reporter } from '../reporter.js';
import { measureCascade, type TimedRun } from './measure-cascade.js';
import { shuffledTestImages } from './timing/test-images.js';

/** What is timed, on what. */
export interface CalibrationMeasurement {
  /** The cascade's folder. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly saved: SavedNetwork;
  readonly calibration: Calibration;
  readonly dataset: LocatedDataset;
  readonly engine: Engine;
  /** What exits cost, in time with a number of images at once where that was measured. */
  readonly pricesFor: (batchSize: number) => Prices;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** One image after another, as on a device, and many at once, as on a server. */
const SETTINGS = [
  { batchSize: 1, images: 256 },
  { batchSize: 128, images: 1024 },
] as const;

const ROUNDS = 15;

/**
 * Times a calibrated cascade against its full network on images of the test split, chosen at random by the calibration's seed.
 *
 * @returns a run of single images, then one of batches.
 * @throws CascadeError if the data set's files are damaged; the signal's reason if it is aborted.
 */
export async function measureCalibration(measurement: CalibrationMeasurement): Promise<readonly TimedRun[]> {
  const { folder, manifest, saved, calibration, dataset, engine, pricesFor, reporter, signal } = measurement;
  const { split_seed: seed, rule } = calibration;
  const source = await openCascadeSplit(folder, manifest, dataset, 'test');
  const runs: TimedRun[] = [];
  try {
    const images = shuffledTestImages(manifest, source.labels, seed);
    for (const { batchSize, images: count } of SETTINGS) {
      const rows = images.subarray(0, count);
      const bar = reporter.bar(`Timing batches of ${batchSize}`, ROUNDS);
      try {
        const onProgress = (done: number): void => bar.update(done);
        const prices = pricesFor(batchSize);
        const timed = { rule, prices, source, rows, batchSize, rounds: ROUNDS, onProgress, signal };
        runs.push(await measureCascade(engine, saved, timed));
      } finally {
        bar.stop();
      }
    }
  } finally {
    await source.close();
  }
  return runs;
}
