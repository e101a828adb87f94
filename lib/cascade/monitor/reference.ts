import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Calibration } from '../../artifact/calibration.js';
import type { Manifest } from '../../artifact/manifest.js';
import { counted, grouped } from '../../counted.js';
import { usageError } from '../../errors.js';
import { disagreements } from '../../exits/disagreements.js';
import { isInside } from '../../files/inside-folder.js';
import { openRecordedSplit } from '../../records/recorded-cascade.js';
import type { Checks } from './check.js';
import type { MonitorReference } from './monitor-state.js';

/**
 * How often cascade and full network disagree in the source of the calibration images: counted on the test images beside them, since
 * thresholds that were chosen by an image agree with the full network on it more often than on others.
 *
 * @throws CascadeError if the thresholds were chosen on images that the cascade has no records of, or the records are damaged.
 */
export async function recordedReference(
  folder: string,
  manifest: Manifest,
  { split, split_seed: seed, rule }: Pick<Calibration, 'split' | 'split_seed' | 'rule'>,
): Promise<MonitorReference> {
  const calibrated = await openRecordedSplit(folder, manifest, 'calibration', seed);
  await calibrated.close();
  if (calibrated.description !== split)
    throw usageError(
      `${folder} was calibrated on ${split} and has no other images of that source; give some without labels: cascade monitor ${folder} --reference <images>.`,
    );
  const test = await openRecordedSplit(folder, manifest, 'test', seed);
  try {
    let [images, disagreeing] = [0, 0];
    for await (const part of test.parts()) {
      images += part.labels.length;
      disagreeing += sum(disagreements(part, rule).disagrees);
    }
    return { source: test.description, images, disagreements: disagreeing };
  } finally {
    await test.close();
  }
}

/** Share of the images of a source that are there twice, at most. */
const MOST_REPEATED = 0.01;

/** The error of images that thresholds agree with because they were chosen on them. */
function choseThemselves(source: string, known: number, compared: number): Error {
  return usageError(
    `The thresholds were chosen on ${grouped(known)} of ${counted(compared, 'image')} of ${source} that left early, on which cascade and full network agree more often than on others; give --reference images that had no part in it.`,
  );
}

/** @throws CascadeError if thresholds were chosen on images in the same places, or above or below them, of which a cascade has no records. */
export function checkReferenceNames(images: readonly string[], { split }: Pick<Calibration, 'split'>): void {
  const chosenOn = split
    .split(' ')
    .map((name) => path.resolve(name))
    .filter((place) => existsSync(place));
  const same = images.find((name) => {
    const place = path.resolve(name);
    return chosenOn.some((each) => isInside(each, place) || isInside(place, each));
  });
  if (same !== undefined)
    throw usageError(
      `The thresholds were chosen on ${same}, on which cascade and full network agree more often than on other images; give --reference images that had no part in it.`,
    );
}

function sum(values: Uint8Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * The same on images without labels from the source of the calibration images, which had no part in choosing thresholds: cascade and full
 * network are run on all of them.
 *
 * @param choseThresholds whether the full network's logits are those of an image that thresholds were chosen on.
 * @param classify runs the cascade over the images and has them checked.
 * @throws CascadeError if thresholds were chosen on more of them than chance repeats an image.
 */
export async function measuredReference(
  source: string,
  choseThresholds: (logits: Float32Array) => boolean,
  classify: (checks: Checks) => Promise<void>,
): Promise<MonitorReference> {
  let [images, disagreeing, known, compared] = [0, 0, 0, 0];
  await classify({
    chooses: () => true,
    observe: (check) => {
      images++;
      disagreeing += Number(check!.disagrees);
      if (check!.logits === undefined) return;
      compared++;
      known += Number(choseThresholds(check!.logits));
    },
  });
  if (known > MOST_REPEATED * compared) throw choseThemselves(source, known, compared);
  return { source, images, disagreements: disagreeing };
}
