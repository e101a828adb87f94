import { usageError } from '../errors.js';
import { isPlainName } from '../files/plain-name.js';
import type { Manifest } from './manifest.js';

/**
 * What `--data` is where its user leaves it out: the data set that a cascade was made with.
 *
 * @throws CascadeError if the cascade names a path, which only its user may do, or was imported.
 */
export function namedDataset({ dataset, backbone }: Manifest, folder: string): string {
  if (backbone === undefined)
    throw usageError(`${folder} holds recorded outputs and no images; name their data set with --data.`);
  if (isPlainName(dataset)) return dataset;
  throw usageError(`${folder} names no data set but ${JSON.stringify(dataset)}; say which with --data.`);
}
