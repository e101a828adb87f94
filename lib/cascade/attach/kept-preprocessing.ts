import { rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { readJsonIfThere } from '../../files/read-json.js';
import type { Normalization } from '../../network/pixel-input.js';
import { checkChance } from '../backbone/check-chance.js';
import { choosePreprocessing } from '../backbone/choose-preprocessing.js';
import { type AttachContext, openAttachSplit } from './attach-context.js';
import { fittingRows } from './fitting-rows.js';

/** In the folder of an unfinished cascade: the normalisation that all of it is made with. */
export const CHOICE_FILE = 'normalization.json';

/**
 * How pixels are normalised: as an interrupted run of the same plan found out, else found out now on images that heads are fitted on,
 * and kept in `work`.
 *
 * @throws CascadeError if the full network is no better than chance and that is not forced; `work` is gone then.
 */
export async function keptPreprocessing(context: AttachContext): Promise<Normalization> {
  const { backbone, dataset, engine, work, options } = context;
  const file = path.join(work, CHOICE_FILE);
  const kept = (await readJsonIfThere(file)) as Normalization | undefined;
  if (kept !== undefined) return kept;
  const source = await openAttachSplit(context, dataset.description.splits.fit);
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
