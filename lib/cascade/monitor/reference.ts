import type { Calibration } from '../../artifact/calibration.js';
import type { Manifest } from '../../artifact/manifest.js';
import { usageError } from '../../errors.js';
import { disagreements } from '../../exits/disagreements.js';
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

function sum(values: Uint8Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * The same on images without labels from the source of the calibration images, which had no part in choosing thresholds: cascade and full
 * network are run on all of them.
 *
 * @param classify runs the cascade over the images and has them checked.
 */
export async function measuredReference(
  source: string,
  classify: (checks: Checks) => Promise<void>,
): Promise<MonitorReference> {
  let [images, disagreeing] = [0, 0];
  await classify({
    chooses: () => true,
    observe: (check) => {
      images++;
      disagreeing += Number(check!.disagrees);
    },
  });
  return { source, images, disagreements: disagreeing };
}
