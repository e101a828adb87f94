import type { Manifest } from '../artifact/manifest.js';
import { scoredTables } from '../exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../exits/scoring.js';
import { singleExitCounts } from '../exits/single-exit-counts.js';
import { openRecordedSplit } from '../records/recorded-cascade.js';

/** What a cascade's exits have right of its calibration images. */
export interface CalibrationAccuracies {
  /** The split in words. */
  readonly description: string;
  readonly images: number;
  /** Images that each exit has right by itself, the full network last. */
  readonly right: readonly number[];
}

/** The halves that `calibrate` takes where its user says nothing. */
const SPLIT_SEED = 0;

/**
 * Counts on recorded images that neither the backbone nor the heads were fitted on. Test images are left alone.
 *
 * @throws CascadeError if the records are missing or damaged.
 */
export async function calibrationAccuracies(
  folder: string,
  manifest: Manifest,
): Promise<CalibrationAccuracies> {
  const split = await openRecordedSplit(folder, manifest, 'calibration', SPLIT_SEED);
  const right = new Array<number>(manifest.exits.length + 1).fill(0);
  let images = 0;
  try {
    for await (const outputs of split.parts()) {
      const tables = scoredTables(outputs, DEFAULT_SCORING);
      singleExitCounts(tables).forEach((count, exit) => {
        right[exit]! += count;
      });
      images += tables.images;
    }
  } finally {
    await split.close();
  }
  return { description: split.description, images, right };
}
