import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadNetwork, type SavedExit } from '../../artifact/attached-network.js';
import type { ChosenClasses } from '../../artifact/chosen-classes.js';
import { loadManifest, MANIFEST_FILE, type Manifest } from '../../artifact/manifest.js';
import type { DatasetDescription } from '../../data/dataset-description.js';
import { CascadeError, usageError } from '../../errors.js';
import { sha256Of } from '../../files/sha256.js';
import { foldBatchNormalization } from '../../network/fold-batch-norm.js';
import type { Network, Shape } from '../../network/graph.js';
import { type Normalization, withPixelInput } from '../../network/input/pixel-input.js';
import { withResizedInput } from '../../network/input/resized-input.js';
import { totalMacs } from '../../network/macs.js';
import type { MakingContext } from '../attach/attach-context.js';
import { keptPreprocessing } from '../attach/kept-preprocessing.js';
import type { Backbone } from '../backbone/load-backbone.js';
import { loadBackboneFor } from '../backbone/load-backbone-for.js';
import { withNetworks } from '../backbone/with-networks.js';

/** A network of a chain as its user names it: a file of trained weights, or a cascade, whose exits come along. */
export type MemberSource =
  | { readonly file: string; readonly sha256: string; readonly backbone: Backbone }
  | {
      readonly file: string;
      /** SHA-256 of its manifest, which names those of its files. */
      readonly sha256: string;
      readonly manifest: Manifest & { readonly backbone: NonNullable<Manifest['backbone']> };
    };

/** A network of a chain, ready to be put behind others. */
export interface ChainMember {
  /** Takes pixels. */
  readonly network: Network;
  /** MACs of the bare network. */
  readonly macs: number;
  readonly architecture: string;
  readonly normalization: Normalization;
  /** Accuracy on fitting images that it was not fitted on, a fraction, where it was fitted here. */
  readonly heldOutAccuracy?: number;
  /** Exits inside it, with what the manifest of its own cascade says of each. */
  readonly exits: readonly (Pick<SavedExit, 'value' | 'logits'> & {
    readonly about: Manifest['exits'][number];
  })[];
}

/**
 * Reads what a user names as a network of a chain.
 *
 * @param description of the images, and of which of a network's classes they are.
 * @param size `[height, width]` of the images that the network takes; that of the data, or a cascade's own, by default.
 * @throws CascadeError if it cannot be read, lacks a class, takes another size, or is a chain itself.
 */
export async function readMember(
  file: string,
  description: DatasetDescription,
  size?: readonly [height: number, width: number],
): Promise<MemberSource> {
  const [channels, ...sides] = description.shape;
  if (!existsSync(path.join(file, MANIFEST_FILE))) {
    const shape = [channels, ...(size ?? sides)] as DatasetDescription['shape'];
    const backbone = await loadBackboneFor(file, { ...description, shape });
    checkSize(file, backbone.network.graph.inputShape, size);
    return { file, sha256: backbone.sha256, backbone };
  }
  const manifest = await loadManifest(file);
  const { backbone } = manifest;
  if (backbone === undefined)
    throw new CascadeError(
      `${file} holds imported records and no network; name the network that they come from.`,
    );
  if (manifest.members !== undefined)
    throw new CascadeError(`${file} is a chain already; name its networks one by one instead.`);
  checkSize(file, backbone.input_shape, size);
  return { file, sha256: sha256Of(JSON.stringify(manifest)), manifest: { ...manifest, backbone } };
}

/** @throws CascadeError if a network's file settles another size than its user asks for. */
function checkSize(file: string, [, ...own]: Shape, size: readonly number[] | undefined): void {
  if (size === undefined || size.join() === own.join()) return;
  throw usageError(
    `--image-sizes gives ${file} images of ${size.join('×')}, and it takes ${own.join('×')}; give that size.`,
  );
}

/** Number of classes that it tells apart. */
export function classesOf(source: MemberSource): number {
  return 'backbone' in source ? source.backbone.classes : source.manifest.classes;
}

/** `[channels, height, width]` of the images that it takes. */
export function inputShapeOf(source: MemberSource): Shape {
  return 'backbone' in source
    ? source.backbone.network.graph.inputShape
    : source.manifest.backbone.input_shape;
}

/** Which of the classes that it tells apart, where not all. */
export function chosenClassesOf(source: MemberSource): ChosenClasses | undefined {
  return 'backbone' in source ? source.backbone.chosenClasses : source.manifest.backbone.chosen_classes;
}

/** Multiply-accumulates of the bare network. */
export function macsOf(source: MemberSource): number {
  return 'backbone' in source ? totalMacs(source.backbone.network.graph) : source.manifest.full_macs;
}

/**
 * The network, as it takes pixels: how those are normalised is found out on fitting images where the file does not tell.
 *
 * @param name of the file that what was found out is kept in.
 * @throws CascadeError if it is no better than chance and that is not forced.
 */
export async function openMember(
  source: MemberSource,
  context: MakingContext,
  name: string,
): Promise<ChainMember> {
  const { shape } = context.dataset.description;
  if ('backbone' in source) {
    const backbone = withNetworks(source.backbone, (each) => withResizedInput(each, shape));
    const { variant, normalization } = await keptPreprocessing(backbone, context, name);
    const network = withPixelInput(foldBatchNormalization(variant.network), normalization);
    const macs = totalMacs(network.graph);
    return { network, macs, architecture: variant.architecture, normalization, exits: [] };
  }
  const { file, manifest } = source;
  const { network, exits } = await loadNetwork(file, manifest);
  const { architecture, normalization } = manifest.backbone;
  return {
    network: withResizedInput(network, shape),
    macs: manifest.full_macs,
    architecture,
    normalization,
    exits: exits.map(({ value, logits }, index) => ({ value, logits, about: manifest.exits[index]! })),
  };
}
