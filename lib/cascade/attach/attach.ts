import { rm } from 'node:fs/promises';
import path from 'node:path';
import { attachHeads, exitsOf, saveNetwork } from '../../artifact/attached-network.js';
import { CASCADE_FOLDER, cascadeName, checkReplaceable } from '../../artifact/check-out.js';
import { chosenClassesField } from '../../artifact/chosen-classes.js';
import { replaceFolder } from '../../artifact/folders/replace-folder.js';
import { type Manifest, SCHEMA, saveManifest } from '../../artifact/manifest.js';
import { sealOf } from '../../artifact/sealed-files.js';
import type { LocatedDataset } from '../../data/dataset.js';
import { type Engine, identityOf } from '../../engine/engine.js';
import { usageError } from '../../errors.js';
import type { ExitPlace } from '../../heads/exit-place.js';
import { recipeWith, STUDENT_RECIPE } from '../../heads/networks/network-recipe.js';
import { epochsOf } from '../../heads/recipe.js';
import { cutPoints } from '../../network/cut-points.js';
import { foldBatchNormalization } from '../../network/fold-batch-norm.js';
import type { Network } from '../../network/graph.js';
import { withPixelInput } from '../../network/input/pixel-input.js';
import { totalMacs } from '../../network/macs.js';
import { LEFT_OUT_FILE } from '../../records/usable-split.js';
import { percent } from '../../stats/percent.js';
import { checkFit } from '../backbone/check-fit.js';
import type { Backbone } from '../backbone/load-backbone.js';
import { type AttachOptions, planOf } from './attach-plan.js';
import { candidatePlaces, chooseCuts, chooseHeads } from './exit-places.js';
import { fitExits } from './fit-exits.js';
import { FEATURES_FOLDER, FITTED_FOLDER, serving } from './fitted-files.js';
import { AUTO_EXITS_FILE, keptAutoExits } from './kept-auto-exits.js';
import { keptPreprocessing } from './kept-preprocessing.js';
import { behindStudents } from './networks/behind-students.js';
import { checkNetworkHeads } from './networks/check-network-heads.js';
import { fitStudents } from './networks/fit-students.js';
import { keepForOtherExits } from './other-exits.js';
import { recordExits } from './record-exits.js';

/** In the folder of an unfinished cascade: the reading of the backbone that all of it is made with. */
const CHOICE_FILE = 'reading.json';

/** The value of `--exits` with which probes choose the places. */
export const AUTO = 'auto';

/** The drop that they are chosen for, a fraction, where none is given. */
const AUTO_DROP = 0.01;

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
  const { out, force, reporter } = options;
  const name = cascadeName(out);
  checkReplaceable(out, force, CASCADE_FOLDER);
  checkFit(backbone, dataset);
  // What cannot be attached is said before anything is computed.
  const bare = foldBatchNormalization(backbone.network);
  const asked = placesToChoose(bare, options);
  const { students: shares = [], epochs } = options;
  checkNetworkHeads(bare.graph, asked, shares, backbone.classes, engine, epochs);
  const make = async (work: string): Promise<Manifest> => {
    const context = { backbone, dataset, engine, work, options };
    const { variant, normalization } = await keptPreprocessing(
      backbone,
      context,
      CHOICE_FILE,
      options.fitImages,
    );
    const network = withPixelInput(foldBatchNormalization(variant.network), normalization);
    const fullMacs = totalMacs(network.graph);
    const fittedStudents = await fitStudents(network, options.students ?? [], context);
    const { students, places } =
      options.exits === AUTO
        ? await keptAutoExits(
            network,
            candidatePlaces(options.heads, cutPoints(network.graph)),
            fittedStudents,
            options.autoDrop ?? AUTO_DROP,
            context,
          )
        : { students: fittedStudents, places: placesToChoose(network, options) };
    const fitted = await fitExits(network, places, context);
    const attached = attachHeads(network, places, dataset.description.class_names.length, fitted.heads);
    const about = exitsOf(attached, fitted.heldOutAccuracies.map(percent));
    const inside = attached.exits.map(({ value, logits }, index) => ({
      value,
      logits,
      about: about[index]!,
    }));
    const { architecture } = variant;
    const full = { network: attached.network, macs: fullMacs, architecture, normalization, exits: inside };
    const { saved, exits, chain } = behindStudents(students, full, backbone);
    const { members, full_member } = chain;
    const costs = { full_macs: fullMacs, ...(full_member === undefined ? {} : { full_member }) };
    const splits = await recordExits(saved, { exits, ...costs }, context);
    const sha256 = { ...(await saveNetwork(work, saved)), ...(await sealOf(work, LEFT_OUT_FILE)) };
    const manifest: Manifest = {
      schema: SCHEMA,
      cascade_version: options.version,
      name,
      dataset: dataset.description.name,
      classes: backbone.classes,
      class_names: dataset.description.class_names,
      ...costs,
      ...(members === undefined ? {} : { members }),
      mac_convention: 'default',
      exits,
      splits,
      seed: options.seed,
      backbone: {
        file: path.basename(backbone.file),
        sha256: backbone.sha256,
        architecture,
        input_shape: network.graph.inputShape as readonly [number, number, number],
        normalization,
        ...chosenClassesField(backbone.chosenClasses),
        preprocessing: dataset.description.preprocessing,
      },
      fit: {
        split: fitted.splitName,
        images: fitted.images,
        augmented_passes: options.augmentedPasses,
        epochs: [
          ...students.map(() => recipeWith(STUDENT_RECIPE, options.epochs).epochs),
          ...places.map(({ head }) => epochsOf(head, options.epochs)),
        ],
        backend: fitted.backend,
      },
      engine: identityOf(engine),
      sha256,
    };
    await saveManifest(work, manifest);
    for (const temporary of [CHOICE_FILE, AUTO_EXITS_FILE, FEATURES_FOLDER, FITTED_FOLDER])
      await rm(path.join(work, temporary), { recursive: true, force: true });
    return manifest;
  };
  const plan = planOf(backbone, dataset, options);
  const adopt = (work: string, found: string): Promise<string | undefined> =>
    keepForOtherExits(work, found, plan, serving(work, asked, options.exits === AUTO, options));
  return replaceFolder({ out, kind: CASCADE_FOLDER, force, plan, adopt, onNote: reporter.note }, make);
}

/** The exits that are asked for; with `auto` all that may be chosen. @throws CascadeError if there is no such place, or none at all. */
function placesToChoose(
  { graph }: Network,
  { heads, exits, students = [] }: AttachOptions,
): readonly ExitPlace[] {
  const cuts = cutPoints(graph);
  const places =
    exits === AUTO
      ? candidatePlaces(heads, cuts)
      : chooseHeads(heads, chooseCuts(exits, cuts, totalMacs(graph)));
  if (places.length === 0 && students.length === 0)
    throw usageError(`--exits ${exits} puts no exit into this backbone; name blocks, or all.`);
  return places;
}
