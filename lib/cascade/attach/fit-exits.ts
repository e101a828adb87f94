import { existsSync } from 'node:fs';
import { counted } from '../../counted.js';
import { type Augmentation, augmentImages, passOver } from '../../data/augment.js';
import type { ImageSource } from '../../data/image-source.js';
import { openBackend } from '../../engine/tensorflow/backend.js';
import type { BackendName } from '../../engine/tensorflow/backend-names.js';
import { type ExitPlace, hasDeepHead, hasPooledHead } from '../../heads/exit-place.js';
import type { FitHeadOptions } from '../../heads/fit-head.js';
import { fitHeads } from '../../heads/fit-heads.js';
import { headGraph } from '../../heads/head-graph.js';
import { mapShape } from '../../heads/head-input.js';
import { HEAD_KINDS, type PooledHeadName } from '../../heads/head-kinds.js';
import { recipeOf } from '../../heads/recipe.js';
import { recordFeatures } from '../../heads/record-features.js';
import type { Network, Shape } from '../../network/graph.js';
import type { Tensor } from '../../network/tensor.js';
import { createRandom } from '../../stats/random.js';
import { type AttachContext, openUsableSplit } from './attach-context.js';
import { featureFile, headFile } from './fitted-files.js';
import { keepFitted, readFitted } from './fitted-weights.js';
import { fittingRows } from './fitting-rows.js';
import type { MissingHead } from './missing-head.js';
import { fitDeepHeads } from './networks/fit-deep-heads.js';

/** Below this, heads are noticeably worse than they could be. */
const FEW_FITTING_IMAGES = 100;

/** Heads of all exits, with what is said about how they came to be. */
export interface FittedHeads {
  readonly heads: readonly ReadonlyMap<string, Tensor>[];
  readonly heldOutAccuracies: readonly number[];
  readonly splitName: string;
  readonly images: number;
  /** What fitted them: of TensorFlow.js, or the engine where no head is fitted on features. */
  readonly backend: string;
}

/**
 * Fits a head at each exit on what the backbone shows there for the fitting images and randomly varied copies of them, deep ones with
 * the backbone run again each time. Features and finished heads are kept under `work`, where an interrupted run goes on.
 */
export async function fitExits(
  network: Network,
  places: readonly ExitPlace[],
  context: AttachContext,
): Promise<FittedHeads> {
  const { dataset, engine, work, options } = context;
  const source = await openUsableSplit(context, dataset.description.splits.fit);
  const backend = places.some(hasPooledHead) ? (await openBackend(options.fitBackend)).backend : null;
  const rows = fittingRows(source, options.seed, options.fitImages);
  if (rows.length < FEW_FITTING_IMAGES)
    options.reporter.note(
      `${counted(rows.length, 'image is', 'images are')} few to fit heads on; expect weak exits.`,
    );
  const labels = Uint16Array.from(rows, (row) => source.labels[row]!);
  const missing = places.flatMap((place, exit) =>
    existsSync(headFile(work, exit, place)) ? [] : [{ ...place, exit, file: headFile(work, exit, place) }],
  );
  const pooled = missing.filter(hasPooledHead);
  try {
    if (pooled.length > 0 && backend !== null) {
      await recordPasses(network, pooled, source, rows, context);
      await fitAndKeep(pooled, labels, backend, context);
    }
  } finally {
    await source.close();
  }
  await fitDeepHeads(network, missing.filter(hasDeepHead), context);
  const { length: classes } = dataset.description.class_names;
  const saved = await Promise.all(
    places.map((place, exit) => {
      const { head, cut } = place;
      const graph = headGraph(HEAD_KINDS[head], cut.shape, classes, cut.channelsLast);
      return readFitted(headFile(work, exit, place), graph);
    }),
  );
  return {
    heads: saved.map(({ parameters }) => parameters),
    heldOutAccuracies: saved.map(({ heldOutAccuracy }) => heldOutAccuracy),
    splitName: source.name,
    images: rows.length,
    backend: backend ?? engine.name,
  };
}

/** Fits the heads that are not there yet, and keeps each as soon as it is. */
async function fitAndKeep(
  missing: readonly MissingHead<PooledHeadName>[],
  labels: Uint16Array,
  backend: BackendName,
  { dataset, work, options }: AttachContext,
): Promise<void> {
  const fits = missing.map((place): FitHeadOptions => {
    const { head, cut, exit } = place;
    const featureFiles = Array.from({ length: 1 + options.augmentedPasses }, (_, pass) =>
      featureFile(work, pass, place),
    );
    const kind = HEAD_KINDS[head];
    return {
      kind,
      inputShape: mapShape(cut),
      classes: dataset.description.class_names.length,
      featureFiles,
      labels,
      recipe: recipeOf(kind),
      seed: options.seed + exit,
    };
  });
  const bar = options.reporter.bar(`Fitting ${counted(missing.length, 'head')} (${backend})`, 1000);
  try {
    await fitHeads(fits, {
      backend,
      signal: options.signal,
      onProgress: (share) => bar.update(Math.round(1000 * share)),
      onFitted: (position, { parameters, epochs }) =>
        keepFitted(missing[position]!.file, {
          parameters,
          heldOutAccuracy: epochs.at(-1)!.heldOutAccuracy,
        }),
    });
  } finally {
    bar.stop();
  }
}

async function recordPasses(
  network: Network,
  missing: readonly MissingHead<PooledHeadName>[],
  source: ImageSource,
  rows: Uint32Array,
  { dataset, engine, work, options }: AttachContext,
): Promise<void> {
  const { augmentedPasses, seed, reporter, signal } = options;
  for (let pass = 0; pass <= augmentedPasses; pass++) {
    const targets = missing
      .map((place) => ({
        value: place.cut.value,
        kind: HEAD_KINDS[place.head],
        channelsLast: place.cut.channelsLast,
        file: featureFile(work, pass, place),
      }))
      .filter(({ file }) => !existsSync(file));
    if (targets.length === 0) continue;
    const { augmentation } = dataset.description;
    const bar = reporter.bar(
      pass === 0 ? 'Fitting images' : `Fitting images, varied (${pass} of ${augmentedPasses})`,
      rows.length,
    );
    try {
      await recordFeatures(engine, network, targets, source, {
        rows,
        signal,
        onProgress: (done) => bar.update(done),
        ...(pass > 0 && augmentation !== undefined
          ? { transformFrom: (first) => variation(first, source.shape, augmentation, seed + 1000 * pass) }
          : {}),
      });
    } finally {
      bar.stop();
    }
  }
}

/** Varies batches at random, the same way wherever a run begins. @param first image of the run. */
function variation(
  first: number,
  shape: Shape,
  augmentation: Augmentation,
  seed: number,
): (images: Uint8Array, count: number) => void {
  const random = createRandom(seed);
  passOver(first, augmentation, random);
  return (images, count) => augmentImages(images, count, shape, augmentation, random);
}
