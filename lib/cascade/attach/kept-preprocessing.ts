import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { LocatedDataset } from '../../data/dataset.js';
import type { Engine } from '../../engine/engine.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { readJsonIfThere } from '../../files/read-json.js';
import type { Normalization } from '../../network/pixel-input.js';
import { openUsable } from '../../records/usable-split.js';
import { checkChance } from '../backbone/check-chance.js';
import { choosePreprocessing } from '../backbone/choose-preprocessing.js';
import type { Backbone } from '../backbone/load-backbone.js';
import type { AttachOptions } from './attach-plan.js';
import { fittingRows } from './fitting-rows.js';

/** In the folder of an unfinished cascade: the normalisation that all of it is made with. */
export const CHOICE_FILE = 'normalization.json';

/**
 * How pixels are normalised: as an interrupted run of the same plan found out, else found out now on images that heads are fitted on,
 * and kept in `work`.
 *
 * @throws CascadeError if the full network is no better than chance and that is not forced; `work` is gone then.
 */
export async function keptPreprocessing(
  backbone: Backbone,
  dataset: LocatedDataset,
  engine: Engine,
  work: string,
  options: AttachOptions,
): Promise<Normalization> {
  const file = path.join(work, CHOICE_FILE);
  const kept = (await readJsonIfThere(file)) as Normalization | undefined;
  if (kept !== undefined) return kept;
  const source = await openUsable(dataset, dataset.description.splits.fit, work, options);
  try {
    const sample = fittingRows(source, options);
    const { preprocessing } = options;
    const choice = await choosePreprocessing(
      backbone,
      dataset,
      preprocessing,
      source,
      sample,
      engine,
      options,
    );
    options.onReading?.(choice);
    if (!options.forceBackbone) {
      try {
        checkChance(choice, backbone.file);
      } catch (error) {
        await rm(work, { recursive: true, force: true });
        throw error;
      }
    }
    const { normalization } = choice.chosen.reading;
    await writeFileAtomically(file, `${JSON.stringify(normalization)}\n`);
    return normalization;
  } finally {
    await source.close();
  }
}
