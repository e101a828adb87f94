import { existsSync } from 'node:fs';
import path from 'node:path';
import { usageError } from '../../errors.js';
import { locateDataset } from '../dataset.js';
import { loadDescription } from '../dataset-description.js';
import { knownDatasets } from '../find-description.js';
import { knownBackbones } from '../known-backbones.js';
import { nearest } from '../nearest.js';
import type { Download } from './download-schema.js';

/** A data set or trained weights that cascade knows, and where to get them. */
export interface CatalogueEntry {
  readonly name: string;
  readonly kind: 'data set' | 'weights';
  readonly title: string;
  readonly license: string | null;
  /** Bytes of what is fetched, where they are known. */
  readonly size: number | null;
  /** Where its files are or will be. */
  readonly folder: string;
  /** The folder or the file, if it is there. */
  readonly path: string | null;
  readonly downloads: readonly Download[];
  /** How to come by it otherwise. */
  readonly obtain: string | null;
}

/** Everything that `cascade fetch` knows: data sets, then weights. */
export async function catalogue(dataFolder: string): Promise<readonly CatalogueEntry[]> {
  const datasets = await Promise.all((await knownDatasets()).map((name) => datasetEntry(name, dataFolder)));
  const folder = path.join(dataFolder, 'weights');
  const weights = (await knownBackbones()).flatMap(
    ({ name, url, title, license, size, ...sums }): CatalogueEntry[] => {
      if (name === undefined || url === undefined) return [];
      const file = path.join(folder, fileNameOf(url));
      const { sha256, sha256_prefix } = sums;
      return [
        {
          name,
          kind: 'weights',
          title,
          license: license ?? null,
          size: size ?? null,
          folder,
          path: existsSync(file) ? file : null,
          downloads: [{ url, size, sha256, sha256_prefix, unpack: false, optional: false }],
          obtain: null,
        },
      ];
    },
  );
  return [...datasets, ...weights];
}

async function datasetEntry(name: string, dataFolder: string): Promise<CatalogueEntry> {
  const { description } = await loadDescription(name);
  const { title, license, downloads, obtain } = description;
  const sizes = downloads.filter(({ optional }) => !optional).map(({ size }) => size ?? Number.NaN);
  const sum = sizes.reduce((total, size) => total + size, 0);
  return {
    name,
    kind: 'data set',
    title,
    license: license ?? null,
    size: sum > 0 ? sum : null,
    folder: path.join(dataFolder, description.folder ?? name),
    path: await locateDataset(name, dataFolder).then(
      ({ folder }) => folder,
      () => null,
    ),
    downloads,
    obtain: obtain ?? null,
  };
}

/**
 * The entry of that name.
 *
 * @throws CascadeError if there is none, or it cannot be downloaded.
 */
export async function catalogueEntry(name: string, dataFolder: string): Promise<CatalogueEntry> {
  const all = await catalogue(dataFolder);
  const entry = all.find((each) => each.name === name);
  if (entry === undefined) {
    const suggestion = nearest(
      name,
      all.map((each) => each.name),
    );
    throw usageError(
      `${name} is not in the catalogue that \`cascade fetch\` prints${suggestion === undefined ? '.' : `; did you mean ${suggestion}?`}`,
    );
  }
  if (entry.downloads.length > 0) return entry;
  throw usageError(
    `${entry.title} has no address to download from; ${entry.obtain ?? 'its files come with cascade'}.`,
  );
}

/** The name of the file at an address. */
export function fileNameOf(url: string): string {
  return path.basename(new URL(url).pathname);
}
