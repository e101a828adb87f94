import { rm } from 'node:fs/promises';
import path from 'node:path';
import { saveNetwork } from '../../artifact/attached-network.js';
import { CASCADE_FOLDER, cascadeName, checkReplaceable } from '../../artifact/check-out.js';
import { replaceFolder } from '../../artifact/folders/replace-folder.js';
import { type Manifest, SCHEMA, saveManifest } from '../../artifact/manifest.js';
import { sealOf } from '../../artifact/sealed-files.js';
import type { LocatedDataset } from '../../data/dataset.js';
import { type Engine, identityOf } from '../../engine/engine.js';
import { LEFT_OUT_FILE } from '../../records/usable-split.js';
import type { MakingOptions } from '../attach/attach-plan.js';
import { recordExits } from '../attach/record-exits.js';
import type { ReadingChoice } from '../backbone/reading.js';
import {
  type ChainMember,
  chosenClassesOf,
  inputShapeOf,
  type MemberSource,
  openMember,
} from './chain-member.js';
import { checkMembers } from './check-members.js';
import { joinMembers } from './join-members.js';
import { writtenMember } from './written-member.js';

export interface ChainOptions extends Omit<MakingOptions, 'preprocessing' | 'onReading'> {
  /** What each network's exits are called by, in their order. */
  readonly names: readonly string[];
  /** Told how each network was found to be read. */
  readonly onReading?: (name: string, choice: ReadingChoice) => void;
}

/**
 * Makes a cascade of trained networks that are run one after another, from cheap to dear, until one is sure: nothing is fitted, the
 * outputs of all are recorded on the calibration and test images. A network is an exit that begins with the pixels, so that all that
 * is done with exits is done with networks (model cascades: Wang et al., arXiv 2012.01988, section 3).
 *
 * @param sources at least two; the last is the full network that drop and savings refer to.
 * @throws CascadeError if the folder is there already, the networks do not fit the data or one another, or one is no better than chance.
 */
export async function chain(
  sources: readonly MemberSource[],
  dataset: LocatedDataset,
  engine: Engine,
  options: ChainOptions,
): Promise<Manifest> {
  const { out, force, names, reporter } = options;
  const name = cascadeName(out);
  checkReplaceable(out, force, CASCADE_FOLDER);
  checkMembers(sources, dataset);
  const make = async (work: string): Promise<Manifest> => {
    const { onReading, ...others } = options;
    const members: ChainMember[] = [];
    for (const [index, source] of sources.entries()) {
      const told = { onReading: (choice: ReadingChoice) => onReading?.(names[index]!, choice) };
      const context = { dataset, engine, work, options: { ...others, ...told, preprocessing: {} } };
      members.push(await openMember(source, context, readingFile(index)));
    }
    const { saved, exits } = joinMembers(members, names);
    const full = members.at(-1)!;
    const costs = { exits, full_macs: full.macs, full_member: saved.fullMember };
    const splits = await recordExits(saved, costs, { dataset, engine, work, options });
    const sha256 = { ...(await saveNetwork(work, saved)), ...(await sealOf(work, LEFT_OUT_FILE)) };
    const described = members.map((member, index) =>
      writtenMember(member, {
        file: path.basename(sources[index]!.file),
        sha256: sources[index]!.sha256,
        name: names[index]!,
        inputShape: inputShapeOf(sources[index]!),
        chosenClasses: chosenClassesOf(sources[index]!),
      }),
    );
    const { name: _name, macs: _macs, ...backbone } = described.at(-1)!;
    const manifest: Manifest = {
      schema: SCHEMA,
      cascade_version: options.version,
      name,
      dataset: dataset.description.name,
      classes: dataset.description.class_names.length,
      class_names: dataset.description.class_names,
      ...{ full_macs: full.macs, full_member: saved.fullMember },
      members: described,
      mac_convention: 'default',
      exits,
      splits,
      seed: options.seed,
      backbone: { ...backbone, preprocessing: dataset.description.preprocessing },
      engine: identityOf(engine),
      sha256,
    };
    await saveManifest(work, manifest);
    for (const index of sources.keys()) await rm(path.join(work, readingFile(index)), { force: true });
    return manifest;
  };
  const plan = planOf(sources, dataset, options);
  return replaceFolder({ out, kind: CASCADE_FOLDER, force, plan, onNote: reporter.note }, make);
}

/** In the folder of an unfinished chain: how a network of it is read. */
function readingFile(member: number): string {
  return `reading-${member}.json`;
}

/** Everything that decides what the intermediate files hold. */
function planOf(
  sources: readonly MemberSource[],
  { description }: LocatedDataset,
  options: ChainOptions,
): string {
  const { names, onBadImage, seed, version } = options;
  const members = sources.map((source) => [source.sha256, inputShapeOf(source)]);
  return JSON.stringify({ members, dataset: description, names, onBadImage, seed, version });
}
