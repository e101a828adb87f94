import type { Manifest } from '../../artifact/manifest.js';
import { namedDataset } from '../../artifact/named-dataset.js';
import { defaultDataFolder, type LocatedDataset, locateDataset, resizedAs } from '../../data/dataset.js';

/** Which data set a command's user means, where it is not the one that the cascade names. */
export interface DatasetOptions {
  readonly data?: string;
  readonly dataDir?: string;
}

/**
 * The data set of a cascade, its photographs resized as the backbone sees them.
 *
 * @throws CascadeError if it is not there.
 */
export async function cascadeDataset(
  folder: string,
  manifest: Manifest,
  { data = namedDataset(manifest, folder), dataDir = defaultDataFolder() }: DatasetOptions,
): Promise<LocatedDataset> {
  return resizedAs(await locateDataset(data, dataDir), manifest.backbone?.preprocessing);
}
