import { defaultDataFolder } from '../../data/dataset.js';
import { catalogue, catalogueEntry } from '../../data/download/catalogue.js';
import { fetchEntry } from '../../data/download/fetch-entry.js';
import { catalogueRow, describeCatalogue } from '../../report/describe/describe-catalogue.js';
import type { CommandContext } from '../common/context.js';
import type { FetchOptions } from '../fetch.js';

/** Fetches what is named and prints where it is; without a name, lists what there is. */
export async function fetchNamed(
  name: string | undefined,
  options: FetchOptions,
  { print, reporter, signal }: CommandContext,
): Promise<void> {
  const { dataDir: dataFolder = defaultDataFolder(), all = false, json } = options;
  if (name === undefined) {
    const entries = await catalogue(dataFolder);
    return print(json ? JSON.stringify(entries.map(catalogueRow), null, 2) : describeCatalogue(entries));
  }
  const entry = await catalogueEntry(name, dataFolder);
  const isHere = entry.path !== null && entry.kind === 'data set' && !all;
  if (isHere) reporter.note(`${name} is here already.`);
  const found = isHere ? entry.path : await fetchEntry(entry, { dataFolder, all, reporter, signal });
  print(json ? JSON.stringify({ name, path: found }, null, 2) : found);
}
