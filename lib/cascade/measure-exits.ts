import type { SavedNetwork } from '../artifact/attached-network.js';
import { exitCosts } from '../artifact/exit-costs.js';
import { withFolderLock } from '../artifact/folders/folder-lock.js';
import type { Manifest } from '../artifact/manifest.js';
import type { Timing } from '../artifact/timings/timing-schema.js';
import { saveTimings } from '../artifact/timings/timings.js';
import type { LocatedDataset } from '../data/dataset.js';
import type { Engine } from '../engine/engine.js';
import { elementCount } from '../network/tensor.js';
import { openCascadeSplit } from '../records/cascade-dataset.js';
import type { Reporter } from '../reporter.js';
import { createRandom } from '../stats/random.js';
import { shuffledTestImages } from './timing/test-images.js';
import { timeExits } from './timing/time-exits.js';

/** What is measured, on what. */
export interface ExitMeasurement {
  /** The cascade's folder. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly saved: SavedNetwork;
  /** Whose test images are run; pixels at random when left out, which take as long. */
  readonly dataset: LocatedDataset | undefined;
  readonly engine: Engine;
  /** Numbers of images at once, each measured by itself. */
  readonly batchSizes: readonly number[];
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** Rounds of each measurement. */
const ROUNDS = 25;

/** Images of a round, at least: a stretch that is long beside what the caches lose between two ways of running. */
const LEAST_IMAGES = 64;

const SEED = 0;

/**
 * Measures what the trunk up to each exit and each head take on this machine, and keeps it in the cascade's folder.
 *
 * @returns a timing for each number of images at once.
 * @throws CascadeError if the data set's files are damaged or the folder cannot be written; the signal's reason if it is aborted.
 */
export async function measureExits(measurement: ExitMeasurement): Promise<readonly Timing[]> {
  const { folder, manifest } = measurement;
  // Locked from the start: that nothing can be written there is said before the minutes that measuring takes.
  return withFolderLock(folder, async () => {
    const timings = await timedExits(measurement);
    await saveTimings(folder, timings, manifest);
    return timings;
  });
}

async function timedExits(measurement: ExitMeasurement): Promise<readonly Timing[]> {
  const { manifest, saved, engine, batchSizes, reporter, signal } = measurement;
  const { members } = exitCosts(manifest);
  const blocks = manifest.exits.map(({ block }) => block);
  const imagesOf = (batchSize: number): number => batchSize * Math.ceil(LEAST_IMAGES / batchSize);
  const { pixels, source } = await pixelsFor(measurement, Math.max(...batchSizes.map(imagesOf)));
  const imageBytes = elementCount(saved.network.graph.inputShape);
  const timings: Timing[] = [];
  for (const batchSize of batchSizes) {
    const bar = reporter.bar(`Timing batches of ${batchSize}`, ROUNDS);
    try {
      timings.push(
        await timeExits({
          ...{ engine, saved, blocks, members, batchSize, source, signal },
          pixels: pixels.subarray(0, imagesOf(batchSize) * imageBytes),
          rounds: ROUNDS,
          date: new Date().toISOString(),
          onProgress: (done) => bar.update(done),
        }),
      );
    } finally {
      bar.stop();
    }
  }
  return timings;
}

/** Images of the test split in random order, again from the first where there are too few; without a data set, random bytes. */
async function pixelsFor(
  { folder, manifest, saved, dataset }: ExitMeasurement,
  count: number,
): Promise<{ readonly pixels: Uint8Array; readonly source: Timing['pixels'] }> {
  const imageBytes = elementCount(saved.network.graph.inputShape);
  const pixels = new Uint8Array(count * imageBytes);
  if (dataset === undefined) {
    const random = createRandom(SEED);
    for (let index = 0; index < pixels.length; index++) pixels[index] = Math.floor(256 * random());
    return { pixels, source: 'random' };
  }
  const images = await openCascadeSplit(folder, manifest, dataset, 'test');
  try {
    const shuffled = shuffledTestImages(manifest, images.labels, SEED);
    const rows = Uint32Array.from({ length: count }, (_, index) => shuffled[index % shuffled.length]!);
    await images.readImages(rows, pixels);
    return { pixels, source: 'test' };
  } finally {
    await images.close();
  }
}
