import type { Manifest } from '../artifact/manifest.js';
import { namedDataset } from '../artifact/named-dataset.js';
import { checkSealed } from '../artifact/sealed-files.js';
import { defaultDataFolder, type LocatedDataset, locateDataset, resizedAs } from '../data/dataset.js';
import { DESCRIPTION_FILE, findDescription } from '../data/find-description.js';
import type { ImageSource } from '../data/image-source.js';
import { usageError } from '../errors.js';
import { LEFT_OUT_FILE, openUsable } from './usable-split.js';

export interface CascadeDatasetOptions {
  /** A name or folder; the data set that the cascade was made with when left out. */
  readonly data?: string;
  /** Where data sets are. */
  readonly dataDir?: string;
}

/**
 * The data set of a cascade; its pictures become images as they did when the cascade was made.
 *
 * @throws CascadeError if it is not there, or not said where only a user may say it.
 */
export async function locateCascadeDataset(
  folder: string,
  manifest: Manifest,
  { data, dataDir = defaultDataFolder() }: CascadeDatasetOptions,
): Promise<LocatedDataset> {
  const name = data ?? namedDataset(manifest, folder);
  if (data === undefined && findDescription(name) === undefined)
    throw usageError(
      `The images of ${folder} are of the data set ${name}, which was a folder with a ${DESCRIPTION_FILE} when the cascade was made; name that folder with --data.`,
    );
  const located = await locateDataset(name, dataDir);
  return resizedAs(located, manifest.backbone?.preprocessing);
}

/**
 * Opens a split of a cascade's data set without the images that were left out when the cascade was made.
 *
 * @throws CascadeError if a file is missing or damaged.
 */
export async function openCascadeSplit(
  folder: string,
  manifest: Manifest,
  dataset: LocatedDataset,
  role: keyof Manifest['splits'],
): Promise<ImageSource> {
  await checkSealed(folder, manifest, LEFT_OUT_FILE);
  return openUsable(dataset, dataset.description.splits[role], folder);
}
