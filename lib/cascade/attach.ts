import { rm } from 'node:fs/promises';
import path from 'node:path';
import { attachHeads, saveNetwork } from '../artifact/attached-network.js';
import { CASCADE_FOLDER, cascadeName, checkReplaceable } from '../artifact/check-out.js';
import { type Manifest, SCHEMA, saveManifest } from '../artifact/manifest.js';
import { replaceFolder } from '../artifact/replace-folder.js';
import { sealOf } from '../artifact/sealed-files.js';
import type { LocatedDataset } from '../data/dataset.js';
import type { Engine } from '../engine/engine.js';
import { CascadeError, usageError } from '../errors.js';
import { HEAD_KINDS } from '../heads/head-kinds.js';
import { recipeOf } from '../heads/recipe.js';
import { cutPoints } from '../network/cut-points.js';
import { foldBatchNormalization } from '../network/fold-batch-norm.js';
import { totalMacs } from '../network/macs.js';
import { withPixelInput } from '../network/pixel-input.js';
import { LEFT_OUT_FILE } from '../records/usable-split.js';
import { percent } from '../stats/percent.js';
import { type AttachOptions, planOf } from './attach-plan.js';
import { chooseCuts, chooseHeads } from './exit-places.js';
import { fitExits } from './fit-exits.js';
import type { Backbone } from './load-backbone.js';
import { recordExits } from './record-exits.js';

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
  const { out, force, reporter } = options;
  const name = cascadeName(out);
  checkReplaceable(out, force, CASCADE_FOLDER);
  checkFit(backbone, dataset);
  const network = withPixelInput(foldBatchNormalization(backbone.network), options.normalization);
  const fullMacs = totalMacs(network.graph);
  const places = chooseHeads(options.heads, chooseCuts(options.exits, cutPoints(network.graph), fullMacs));
  if (places.length === 0)
    throw usageError(`--exits ${options.exits} puts no exit into ${backbone.file}; name blocks, or all.`);
  const make = async (work: string): Promise<Manifest> => {
    const fitted = await fitExits(network, places, dataset, engine, work, options);
    const attached = attachHeads(network, places, dataset.description.class_names.length, fitted.heads);
    const splits = await recordExits(attached, fullMacs, dataset, engine, work, options);
    const sha256 = { ...(await saveNetwork(work, attached)), ...(await sealOf(work, LEFT_OUT_FILE)) };
    const manifest: Manifest = {
      schema: SCHEMA,
      cascade_version: options.version,
      name,
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
        input_shape: network.graph.inputShape as readonly [number, number, number],
        normalization: options.normalization,
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
      sha256,
    };
    await saveManifest(work, manifest);
    for (const temporary of ['features', 'fitted'])
      await rm(path.join(work, temporary), { recursive: true, force: true });
    return manifest;
  };
  const plan = planOf(backbone, dataset, places, options);
  return replaceFolder({ out, kind: CASCADE_FOLDER, force, plan, onNote: reporter.note }, make);
}

function checkFit({ file, classes, network }: Backbone, { description }: LocatedDataset): void {
  if (classes !== description.class_names.length) {
    throw new CascadeError(
      `${file} tells ${classes} classes apart and ${description.title} has ${description.class_names.length}; choose the data set it was trained for with --data.`,
    );
  }
  const { inputShape } = network.graph;
  if (inputShape.join() !== description.shape.join()) {
    throw new CascadeError(
      `${file} takes images of ${inputShape.join('×')} and those of ${description.title} are ${description.shape.join('×')}; choose the data set it was trained for with --data.`,
    );
  }
}
