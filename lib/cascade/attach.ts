import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { attachHeads, saveNetwork } from '../artifact/attached-network.js';
import { checkOut } from '../artifact/check-out.js';
import { withFolderLock } from '../artifact/folder-lock.js';
import { type Manifest, SCHEMA, saveManifest } from '../artifact/manifest.js';
import type { LocatedDataset } from '../data/dataset.js';
import type { Engine } from '../engine/engine.js';
import type { ExitPlace } from '../heads/exit-place.js';
import { HEAD_KINDS } from '../heads/head-kinds.js';
import { recipeOf } from '../heads/recipe.js';
import { cutPoints } from '../network/cut-points.js';
import { foldBatchNormalization } from '../network/fold-batch-norm.js';
import type { Network } from '../network/graph.js';
import { totalMacs } from '../network/macs.js';
import { withPixelInput } from '../network/pixel-input.js';
import { percent } from '../stats/percent.js';
import { type AttachOptions, PLAN_FILE, planOf, resumeOrStart } from './attach-plan.js';
import { checkFit } from './check-fit.js';
import { chooseCuts, chooseHeads } from './exit-places.js';
import { fitExits } from './fit-exits.js';
import { CHOICE_FILE, keptPreprocessing } from './kept-preprocessing.js';
import type { Backbone } from './load-backbone.js';
import { recordExits } from './record-exits.js';

/**
 * Makes a cascade: runs the backbone over the fitting images, fits a head at each exit on what it saw there, and records the
 * outputs of all exits on the calibration and test images. Works in `<out>.partial`, where an interrupted run goes on, and
 * gives it its name at the end.
 *
 * @throws CascadeError if the folder is there already, backbone and data do not fit together, or the backbone is no better than chance.
 */
export async function attach(
  backbone: Backbone,
  dataset: LocatedDataset,
  engine: Engine,
  options: AttachOptions,
): Promise<Manifest> {
  checkOut(options.out, options.force);
  checkFit(backbone, dataset);
  const make = async (): Promise<Manifest> => {
    const work = `${options.out}.partial`;
    const folded = foldBatchNormalization(backbone.network);
    // What cannot be attached is said before anything is computed or removed.
    exitPlaces(folded, options);
    await resumeOrStart(work, planOf(backbone, dataset, options), options.reporter);
    const normalization = await keptPreprocessing(backbone, dataset, engine, work, options);
    const network = withPixelInput(folded, normalization);
    const fullMacs = totalMacs(network.graph);
    const places = exitPlaces(network, options);

    const fitted = await fitExits(network, places, dataset, engine, work, options);
    const attached = attachHeads(network, places, dataset.description.class_names.length, fitted.heads);
    const splits = await recordExits(attached, fullMacs, dataset, engine, work, options);
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
        normalization,
        preprocessing: dataset.description.preprocessing,
      },
      fit: {
        split: fitted.splitName,
        images: fitted.images,
        augmented_passes: options.augmentedPasses,
        epochs: places.map(({ head }) => recipeOf(HEAD_KINDS[head]).epochs),
        backend: fitted.backend,
      },
      engine: {
        name: engine.name,
        version: engine.version,
        ...(engine.backend === undefined ? {} : { backend: engine.backend }),
      },
    };
    await saveManifest(work, manifest);
    for (const temporary of [PLAN_FILE, CHOICE_FILE, 'features', 'fitted']) {
      await rm(path.join(work, temporary), { recursive: true, force: true });
    }
    await rm(options.out, { recursive: true, force: true });
    await rename(work, options.out);
    return manifest;
  };
  return withFolderLock(options.out, make, options.reporter.note);
}

function exitPlaces({ graph }: Network, { heads, exits }: AttachOptions): readonly ExitPlace[] {
  return chooseHeads(heads, chooseCuts(exits, cutPoints(graph), totalMacs(graph)));
}
