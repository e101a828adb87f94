import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../data/atomic-write.js';
import { augmentImages } from '../data/augment.js';
import { type LocatedDataset, openSplit, type SplitDescription, type SplitRole } from '../data/dataset.js';
import type { ImageSource } from '../data/image-source.js';
import type { Engine } from '../engine/engine.js';
import { openBackend } from '../engine/tensorflow/backend.js';
import { CascadeError, usageError } from '../errors.js';
import type { FitRequest } from '../heads/fit-head.js';
import { fitHeads } from '../heads/fit-heads.js';
import { HEAD_KINDS } from '../heads/head-kinds.js';
import { DEFAULT_RECIPE } from '../heads/recipe.js';
import { recordFeatures } from '../heads/record-features.js';
import { cutPoints } from '../network/cut-points.js';
import { foldBatchNormalization } from '../network/fold-batch-norm.js';
import type { Network } from '../network/graph.js';
import { totalMacs } from '../network/macs.js';
import { type Normalization, withPixelInput } from '../network/pixel-input.js';
import type { Tensor } from '../network/tensor.js';
import { percent } from '../report/numbers.js';
import type { Reporter } from '../report/progress.js';
import { permutation } from '../stats/permutation.js';
import { createRandom } from '../stats/random.js';
import { readSafetensors, writeSafetensors } from '../weights/safetensors.js';
import { type AttachedNetwork, attachHeads, saveNetwork } from './attached-network.js';
import { chooseCuts, chooseHeads, type ExitPlace } from './exit-places.js';
import { withFolderLock } from './folder-lock.js';
import type { Backbone } from './load-backbone.js';
import { type Manifest, SCHEMA, type SplitRecords, saveManifest } from './manifest.js';
import { recordSplit } from './record-split.js';
import { recordsFolder } from './records.js';

export interface AttachOptions {
  /** The folder to make. */
  readonly out: string;
  readonly exits: string;
  readonly heads: string;
  /** Passes over randomly varied copies of the fitting images, besides the one over the images as they are. */
  readonly augmentedPasses: number;
  /** Fit on this many of the split's images, chosen at random; all when left out. */
  readonly fitImages?: number;
  readonly normalization: Normalization;
  readonly seed: number;
  /** Replace what is there. */
  readonly force: boolean;
  readonly version: string;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
}

/**
 * Makes a cascade: runs the backbone over the fitting images, fits a head at each exit on what it saw there, and records the
 * outputs of all exits on the calibration and test images. Works in `<out>.partial`, where an interrupted run goes on, and
 * gives it its name at the end.
 *
 * @throws CascadeError if the folder is there already, or backbone and data do not fit together.
 */
export async function attach(
  backbone: Backbone,
  dataset: LocatedDataset,
  engine: Engine,
  options: AttachOptions,
): Promise<Manifest> {
  if (existsSync(options.out) && !options.force) {
    throw usageError(`${options.out} is there already; choose another --out or add --force to replace it.`);
  }
  checkFit(backbone, dataset);
  return withFolderLock(options.out, async () => {
    const work = `${options.out}.partial`;
    const network = withPixelInput(foldBatchNormalization(backbone.network), options.normalization);
    const fullMacs = totalMacs(network.graph);
    const places = chooseHeads(options.heads, chooseCuts(options.exits, cutPoints(network.graph), fullMacs));
    await resumeOrStart(work, planOf(backbone, dataset, places, options), options.reporter);

    const fitted = await fitAll(network, places, dataset, engine, work, options);
    const attached = attachHeads(network, places, dataset.description.class_names.length, fitted.heads);
    const splits = await recordAll(attached, fullMacs, dataset, engine, work, options);
    await saveNetwork(work, attached);
    const manifest: Manifest = {
      schema: SCHEMA,
      cascade_version: options.version,
      name: path.basename(options.out).replace(/\.cascade$/, ''),
      dataset: dataset.description.name,
      classes: backbone.classes,
      class_names: dataset.description.class_names,
      full_macs: fullMacs,
      mac_convention: 'default',
      exits: attached.exits.map(({ place, headMacs }, index) => ({
        block: place.cut.block,
        name: `block ${place.cut.block}`,
        head: place.head,
        backbone_macs: place.cut.macs,
        head_macs: headMacs,
        held_out_accuracy_percent: percent(fitted.heldOutAccuracies[index]!),
      })),
      splits,
      seed: options.seed,
      backbone: {
        file: path.basename(backbone.file),
        sha256: backbone.sha256,
        architecture: backbone.architecture,
        input_shape: network.graph.inputShape,
        normalization: options.normalization,
      },
      fit: {
        split: fitted.splitName,
        images: fitted.images,
        augmented_passes: options.augmentedPasses,
        epochs: DEFAULT_RECIPE.epochs,
        backend: fitted.backend,
      },
      engine: { name: engine.name, version: engine.version },
    };
    await saveManifest(work, manifest);
    for (const temporary of [PLAN_FILE, 'features', 'fitted']) {
      await rm(path.join(work, temporary), { recursive: true, force: true });
    }
    await rm(options.out, { recursive: true, force: true });
    await rename(work, options.out);
    return manifest;
  });
}

function checkFit({ file, classes, network }: Backbone, { description }: LocatedDataset): void {
  if (classes !== description.class_names.length) {
    throw new CascadeError(
      `${file} tells ${classes} classes apart and ${description.title} has ${description.class_names.length}; choose the data set it was trained for with --data.`,
    );
  }
  const [channels] = network.graph.inputShape;
  if (channels !== description.shape[0]) {
    throw new CascadeError(
      `${file} takes images of ${channels} channels and ${description.title} has ${description.shape[0]}; choose the data set it was trained for with --data.`,
    );
  }
}

const PLAN_FILE = 'plan.json';

/** Everything that decides what the intermediate files hold: only with the same plan may they be used again. */
function planOf(
  backbone: Backbone,
  dataset: LocatedDataset,
  places: readonly ExitPlace[],
  options: AttachOptions,
): string {
  const { augmentedPasses, fitImages, normalization, seed, version } = options;
  const exits = places.map(({ cut, head }) => [cut.block, head]);
  const { sha256 } = backbone;
  return JSON.stringify({
    sha256,
    dataset: dataset.description,
    exits,
    augmentedPasses,
    fitImages,
    normalization,
    seed,
    version,
  });
}

async function resumeOrStart(work: string, plan: string, reporter: Reporter): Promise<void> {
  const file = path.join(work, PLAN_FILE);
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found === plan) {
    reporter.note(`Going on where an earlier run stopped (${work}).`);
    return;
  }
  await rm(work, { recursive: true, force: true });
  await writeFileAtomically(file, plan);
}

interface FittedHeads {
  readonly heads: readonly ReadonlyMap<string, Tensor>[];
  readonly heldOutAccuracies: readonly number[];
  readonly splitName: string;
  readonly images: number;
  readonly backend: string;
}

async function fitAll(
  network: Network,
  places: readonly ExitPlace[],
  dataset: LocatedDataset,
  engine: Engine,
  work: string,
  options: AttachOptions,
): Promise<FittedHeads> {
  const source = await openSplit(dataset, dataset.description.splits.fit);
  const { backend } = await openBackend();
  const rows = fittingRows(source, options);
  const labels = Uint16Array.from(rows, (row) => source.labels[row]!);
  const headFile = (index: number): string => path.join(work, 'fitted', `exit-${index}.safetensors`);
  const missing = places.flatMap((_, index) => (existsSync(headFile(index)) ? [] : [index]));
  try {
    if (missing.length > 0) await recordPasses(network, places, source, rows, dataset, engine, work, options);
    const requests = missing.map((index): FitRequest => {
      const { head } = places[index]!;
      const featureFiles = Array.from({ length: 1 + options.augmentedPasses }, (_, pass) =>
        featureFile(work, pass, index),
      );
      const recipe = DEFAULT_RECIPE;
      return {
        kind: HEAD_KINDS[head],
        classes: dataset.description.class_names.length,
        featureFiles,
        labels,
        recipe,
        seed: options.seed + index,
      };
    });
    const bar = options.reporter.bar(`Fitting ${places.length} heads (${backend})`, 1000);
    try {
      await fitHeads(requests, {
        backend,
        signal: options.signal,
        onProgress: (share) => bar.update(Math.round(1000 * share)),
        onFitted: (position, { parameters, epochs }) => {
          const accuracy = String(epochs.at(-1)!.heldOutAccuracy);
          return writeFileAtomically(
            headFile(missing[position]!),
            writeSafetensors(parameters, { heldOutAccuracy: accuracy }),
          );
        },
      });
    } finally {
      bar.stop();
    }
  } finally {
    await source.close();
  }
  const saved = await Promise.all(
    places.map(async (_, index) => readSafetensors(await readFile(headFile(index)), headFile(index))),
  );
  return {
    heads: saved.map(({ tensors }) => tensors),
    heldOutAccuracies: saved.map(({ metadata }) => Number(metadata['heldOutAccuracy'])),
    splitName: source.name,
    images: rows.length,
    backend,
  };
}

/** Least number of images on which heads can be fitted at all. */
const FEWEST_FITTING_IMAGES = 100;

/** In random order, as fitting needs them: neighbouring rows of the features then have nothing in common. */
function fittingRows(source: ImageSource, { fitImages, seed }: AttachOptions): Uint32Array {
  const wanted = fitImages ?? source.count;
  if (wanted > source.count || wanted < FEWEST_FITTING_IMAGES) {
    throw usageError(
      `--fit-images ${wanted} is not between ${FEWEST_FITTING_IMAGES} and the ${source.count} images of ${source.name}.`,
    );
  }
  return permutation(source.count, createRandom(seed)).slice(0, wanted);
}

function featureFile(work: string, pass: number, exit: number): string {
  return path.join(work, 'features', `pass-${pass}-exit-${exit}.npy`);
}

async function recordPasses(
  network: Network,
  places: readonly ExitPlace[],
  source: ImageSource,
  rows: Uint32Array,
  { description }: LocatedDataset,
  engine: Engine,
  work: string,
  { augmentedPasses, seed, reporter, signal }: AttachOptions,
): Promise<void> {
  for (let pass = 0; pass <= augmentedPasses; pass++) {
    const targets = places.map(({ cut, head }, exit) => ({
      value: cut.value,
      pooling: HEAD_KINDS[head].pooling,
      file: featureFile(work, pass, exit),
    }));
    if (targets.every(({ file }) => existsSync(file))) continue;
    const random = createRandom(seed + 1000 * pass);
    const augmentation = description.augmentation;
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
          ? { transform: (images, count) => augmentImages(images, count, source.shape, augmentation, random) }
          : {}),
      });
    } finally {
      bar.stop();
    }
  }
}

async function recordAll(
  attached: AttachedNetwork,
  fullMacs: number,
  dataset: LocatedDataset,
  engine: Engine,
  work: string,
  { reporter, signal }: AttachOptions,
): Promise<Manifest['splits']> {
  const costs = {
    classes: dataset.description.class_names.length,
    exits: attached.exits.map(({ place, headMacs }) => ({
      block: place.cut.block,
      backbone_macs: place.cut.macs,
      head_macs: headMacs,
    })),
    full_macs: fullMacs,
  };
  const record = async (role: SplitRole, split: SplitDescription): Promise<SplitRecords> => {
    // Halves are told apart when they are used, so that other halvings need no other records.
    const name = split.half === undefined ? role : split.from;
    const folder = recordsFolder(work, name);
    if (!existsSync(path.join(folder, 'meta.json'))) {
      const source = await openSplit(dataset, split);
      const bar = reporter.bar(`Recording ${source.name}`, source.count);
      try {
        const outputs = [...attached.exits.map(({ output }) => output), attached.network.graph.output];
        const onProgress = (done: number): void => bar.update(done);
        await recordSplit(engine, attached.network, outputs, source, folder, costs, { onProgress, signal });
      } finally {
        bar.stop();
        await source.close();
      }
    }
    return split.half === undefined ? { records: name } : { records: name, half: split.half };
  };
  const { calibration, test } = dataset.description.splits;
  return { calibration: await record('calibration', calibration), test: await record('test', test) };
}
