import type { Manifest } from '../../lib/artifact/manifest.js';
import { type LocatedDataset, someImages } from '../../lib/data/dataset.js';
import type { ImageSource } from '../../lib/data/image-source.js';
import { stratifiedHalves } from '../../lib/data/split.js';
import { openCascadeSplit } from '../../lib/records/cascade-dataset.js';

/** The images of a cascade's test split, those of its half where calibration takes the other one. @param splitSeed of the halves. */
export async function openTestImages(
  folder: string,
  manifest: Manifest,
  dataset: LocatedDataset,
  splitSeed = 0,
): Promise<ImageSource> {
  const source = await openCascadeSplit(folder, manifest, dataset, 'test');
  const { half } = manifest.splits.test;
  return half === undefined
    ? source
    : someImages(source, source.name, stratifiedHalves(source.labels, splitSeed)[half]);
}
