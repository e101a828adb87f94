import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Reporter } from '../../reporter.js';
import { locateDataset } from '../dataset.js';
import { type CatalogueEntry, fileNameOf } from './catalogue.js';
import { isDownloaded } from './download.js';
import type { Download } from './download-schema.js';
import { extractArchive } from './extract.js';
import { addressesOf, downloadFromAny } from './mirrors.js';

export interface FetchEntryOptions {
  readonly dataFolder: string;
  /** Also parts that no split uses. */
  readonly all: boolean;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/**
 * Downloads what belongs to a data set or to trained weights, checks and unpacks it; what is there already is kept.
 *
 * @returns the folder of a data set, the file of weights.
 * @throws CascadeError if a download fails from every address, or is not what it should be; the signal's reason if it is aborted.
 */
export async function fetchEntry(entry: CatalogueEntry, options: FetchEntryOptions): Promise<string> {
  let file = '';
  for (const part of entry.downloads) {
    if (!part.optional || options.all) file = await fetchPart(part, entry.folder, options);
  }
  return entry.kind === 'weights' ? file : (await locateDataset(entry.name, options.dataFolder)).folder;
}

/** @returns the file, which is gone again where it was unpacked. */
async function fetchPart(
  part: Download,
  folder: string,
  { dataFolder, reporter, signal }: FetchEntryOptions,
): Promise<string> {
  const file = fileNameOf(part.url);
  const target = path.join(part.unpack ? dataFolder : folder, file);
  if (!(await isDownloaded(target, part))) {
    const bar = reporter.bar(`Downloading ${file}`, 100);
    const onProgress = (received: number, total = part.size): void =>
      bar.update(total === undefined ? 0 : Math.floor((100 * received) / total));
    try {
      await downloadFromAny(addressesOf(part.url), target, { ...part, signal, onProgress }, (error) =>
        reporter.note(`${error.message} Trying the next address.`),
      );
    } finally {
      bar.stop();
    }
  }
  if (part.unpack) {
    await extractArchive(target, dataFolder);
    await rm(target);
  }
  return target;
}
