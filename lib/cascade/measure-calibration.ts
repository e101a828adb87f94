import type { SavedNetwork } from '../artifact/attached-network.js';
import type { Calibration } from '../artifact/calibration.js';
import type { Manifest } from '../artifact/manifest.js';
import type { Prices } from '../artifact/timings/prices.js';
import type { LocatedDataset } from '../data/dataset.js';
import type { Engine } from '../engine/engine.js';
import { openCascadeSplit } from '../records/cascade-dataset.js';
import type { Reporter } from '../reporter.js';
import { permutation } from '../stats/permutation.js';
import { proportionalSample } from '../stats/proportional-sample.js';
import { createRandom } from '../stats/random.js';
import { measureCascade, type TimedRun } from './measure-cascade.js';
import { testImages } from './timing/test-images.js';

/** What is timed, on what. */
export interface CalibrationMeasurement {
  /** The cascade's folder. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly saved: SavedNetwork;
  readonly calibration: Calibration;
  /** The exit at which each recorded image of the test split leaves under it, in the records' order. */
  readonly leftAt: Uint8Array;
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
 * Times a calibrated cascade against its full network on images of the test split, drawn at random by the calibration's seed in such numbers that of
 * them the same share leaves at each exit as of all: what is saved hangs on that, and by chance 256 images are easier or harder than the split.
 *
 * @returns a run of single images, then one of batches.
 * @throws CascadeError if the data set's files are damaged; the signal's reason if it is aborted.
 */
export async function measureCalibration(measurement: CalibrationMeasurement): Promise<readonly TimedRun[]> {
  const { folder, manifest, saved, calibration, leftAt, dataset, engine } = measurement;
  const { pricesFor, reporter, signal } = measurement;
  const { split_seed: seed, rule } = calibration;
  const source = await openCascadeSplit(folder, manifest, dataset, 'test');
  const runs: TimedRun[] = [];
  try {
    const images = testImages(manifest, source.labels, seed);
    const shuffled = permutation(images.length, createRandom(seed));
    for (const { batchSize, images: count } of SETTINGS) {
      const rows = proportionalSample(shuffled, leftAt, count).map((position) => images[position]!);
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
