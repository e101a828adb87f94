import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { CascadeError } from '../../errors.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { readLayoutIfThere } from '../../files/json-layout.js';
import type { HalvingFigures, HalvingOptions, Judged } from './compare-halving.js';

const figure = z.number().nullable();

const comparison = z.strictObject({
  savedAtDrop: z.array(z.number()).readonly(),
  dropAtBudget: z.array(figure).readonly(),
});

const point = z.strictObject({ drop: z.number(), saved: z.number() });

function judged<Figures extends z.ZodType>(figures: Figures) {
  return z.strictObject({ macs: figures, time: figures.exactOptional() });
}

const layout = {
  schema: z.strictObject({
    /** SHA-256 of everything that decides what a halving comes to. */
    plan: z.string(),
    halvings: z
      .array(
        z.strictObject({
          seed: z.int().min(0),
          figures: z.strictObject({
            free: z.array(judged(comparison)).readonly(),
            promised: z.array(z.array(judged(point)).readonly().nullable()).readonly(),
            alone: z.array(judged(point)).readonly(),
          }),
        }),
      )
      .readonly(),
  }),
  remedy: 'delete it and compare again',
};

/** The halvings of an unfinished comparison, in a file, so that an interrupted one goes on. */
export interface KeptHalvings {
  /** By seed. */
  readonly figures: ReadonlyMap<number, HalvingFigures>;
  /** @throws CascadeError if the file cannot be written. */
  keep(seed: number, figures: HalvingFigures): Promise<void>;
  /** Removes the file, once all is done. */
  remove(): Promise<void>;
}

/**
 * Opens what an interrupted comparison has kept; nothing where it was of another plan.
 *
 * @param plan as `planOf` makes it. @param options what is asked of every halving.
 * @throws CascadeError if the file is damaged.
 */
export async function openKeptHalvings(
  file: string,
  plan: string,
  options: HalvingOptions,
): Promise<KeptHalvings> {
  const found = await readLayoutIfThere(file, layout);
  const kept = found?.plan === plan ? found.halvings : [];
  if (!kept.every(({ figures }) => answers(figures, options)))
    throw new CascadeError(
      `${file} is damaged (a halving has other figures than were asked for); ${layout.remedy}.`,
    );
  const figures = new Map<number, HalvingFigures>(kept.map((each) => [each.seed, each.figures]));
  const write = (): Promise<void> => {
    const halvings = [...figures].map(([seed, ofSeed]) => ({ seed, figures: ofSeed }));
    return writeFileAtomically(file, JSON.stringify({ plan, halvings }));
  };
  // One after another: of two at once the older could come last.
  let last = Promise.resolve();
  return {
    figures,
    keep(seed, ofSeed) {
      figures.set(seed, ofSeed);
      last = last.then(write);
      return last;
    },
    remove: () => rm(file, { force: true }),
  };
}

/** Whether figures are those of a halving: as many of each kind as are asked for. */
function answers(
  { free, promised, alone }: HalvingFigures,
  { methods, drops, budgets, ends, prices }: HalvingOptions,
): boolean {
  const isInEach = (judgements: readonly Judged<unknown>[]): boolean =>
    judgements.every(({ time }) => (time === undefined) === (prices.time === null));
  const comparisons = free.flatMap(({ macs, time }) => [macs, ...(time ? [time] : [])]);
  const promises = promised.filter((each) => each !== null);
  return (
    [free, promised].every(({ length }) => length === methods.length) &&
    alone.length === ends.length &&
    [free, alone, ...promises].every(isInEach) &&
    promises.every(({ length }) => length === drops.length) &&
    comparisons.every(
      ({ savedAtDrop, dropAtBudget }) =>
        savedAtDrop.length === drops.length && dropAtBudget.length === budgets.length,
    )
  );
}

/** What decides the figures of every halving, in a word. @param version of cascade. */
export function planOf(
  { labels, exitLogits, fullLogits }: RecordedOutputs,
  options: HalvingOptions,
  version: string,
): string {
  const hash = createHash('sha256').update(JSON.stringify([version, options]));
  for (const { buffer, byteOffset, byteLength } of [labels, ...exitLogits, fullLogits])
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}
