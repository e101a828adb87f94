import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { counted } from '../../counted.js';
import { normalizationSchema } from '../../data/normalization-schema.js';
import { CascadeError } from '../../errors.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { readLayoutIfThere } from '../../files/json-layout.js';
import type { Normalization } from '../../network/input/pixel-input.js';
import { checkChance } from '../backbone/check-chance.js';
import { choosePreprocessing } from '../backbone/choose-preprocessing.js';
import type { Backbone, BackboneVariant } from '../backbone/load-backbone.js';
import { type MakingContext, openUsableSplit } from './attach-context.js';
import { fittingRows } from './fitting-rows.js';

const layout = {
  schema: z.strictObject({
    normalization: normalizationSchema,
    /** The value of each choice that the weights leave open. */
    open_choices: z.record(z.string(), z.string()),
  }),
  remedy: 'delete its folder and attach again',
};

/** How a backbone is read: what its weights leave open, and how pixels are normalised. */
export interface KeptPreprocessing {
  readonly variant: BackboneVariant;
  readonly normalization: Normalization;
}

/**
 * How a backbone is read: as an interrupted run of the same plan found out, else found out now on images that heads are fitted on,
 * and kept in `work`.
 *
 * @param name of the file that it is kept in.
 * @param fitImages as `--fit-images` names them.
 * @throws CascadeError if the full network is no better than chance and that is not forced; `work` is gone then.
 */
export async function keptPreprocessing(
  backbone: Backbone,
  context: MakingContext,
  name: string,
  fitImages?: number,
): Promise<KeptPreprocessing> {
  const { dataset, engine, work, options } = context;
  const file = path.join(work, name);
  const kept = await readLayoutIfThere(file, layout);
  if (kept !== undefined) {
    const { normalization, open_choices: choices } = kept;
    const [channels] = backbone.network.graph.inputShape;
    if (normalization.mean.length !== channels || normalization.std.length !== channels)
      throw new CascadeError(
        `${file} is damaged (there must be a mean and a std for each of the ${counted(channels!, 'channel')}); ${layout.remedy}.`,
      );
    return { normalization, variant: await variantWith(backbone, choices) };
  }
  const source = await openUsableSplit(context, dataset.description.splits.fit);
  try {
    const sample = fittingRows(source, options.seed, fitImages);
    const { preprocessing, reporter, signal } = options;
    const trial = { engine, source, sample, reporter, signal };
    const choice = await choosePreprocessing(backbone, dataset, preprocessing, trial);
    options.onReading?.(choice);
    if (!options.forceBackbone) {
      try {
        checkChance(choice, backbone.file);
      } catch (error) {
        await rm(work, { recursive: true, force: true });
        throw error;
      }
    }
    const { normalization, variant } = choice.chosen.reading;
    const content = { normalization, open_choices: Object.fromEntries(variant.openChoices) };
    await writeFileAtomically(file, `${JSON.stringify(content)}\n`);
    return { normalization, variant };
  } finally {
    await source.close();
  }
}

async function variantWith(
  backbone: Backbone,
  choices: Readonly<Record<string, string>>,
): Promise<BackboneVariant> {
  const variants = await backbone.variants();
  const found = variants.find(({ openChoices }) =>
    [...openChoices].every(([name, value]) => choices[name] === value),
  );
  // The plan, of which the file's SHA-256 is a part, was the same: the variants are too.
  return found ?? variants[0]!;
}
