import { loadDescription } from '../../data/dataset-description.js';
import { knownDatasets } from '../../data/find-description.js';

/** What readers call the data sets that come with the program: "CIFAR-10" for `cifar10`; others by the names that they have. */
export async function datasetTitles(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const known = new Set(await knownDatasets());
  const titles = new Map<string, string>();
  for (const name of new Set(names))
    titles.set(name, known.has(name) ? (await loadDescription(name)).description.title : name);
  return titles;
}
