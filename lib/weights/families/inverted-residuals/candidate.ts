import {
  type InvertedResidual,
  type InvertedResidualNames,
  type InvertedResidualNetwork,
  invertedResiduals,
} from '../../../network/architectures/inverted-residuals.js';
import { type Candidate, CIFAR_SIZE } from '../family.js';
import type { NamedTensors } from '../named-tensors.js';
import { CIFAR_STRIDES, IMAGENET_STRIDES, type Member, memberOf, type Strides } from './members.js';

/** What a network of inverted residuals calls its layers. */
export type NetworkNames = InvertedResidualNetwork['names'];

/** How a member of the family was trained, and what of that its weights leave open. */
export interface Convention
  extends Pick<InvertedResidualNetwork, 'convention'>,
    Pick<Candidate, 'openChoices'> {
  /** Those for ImageNet by default. */
  readonly strides?: Strides;
}

/**
 * The network of inverted residuals that tensors look like, or undefined if they look like none that is known.
 *
 * @param stages names of the blocks of each stage.
 */
export function invertedResidualCandidate(
  tensors: NamedTensors,
  names: NetworkNames,
  stages: readonly (readonly InvertedResidualNames[])[],
  conventionOf: (kind: Member['kind']) => Convention | undefined,
): Candidate | undefined {
  const blocks = stages.map((stage) => stage.map((block) => shapeOf(tensors, block)));
  const member = memberOf({
    repeats: blocks.map(({ length }) => length),
    widths: blocks.map((stage) => stage[0]!.outputWidth),
    sizes: blocks.map((stage) => (stage.every(({ size }) => size === stage[0]!.size) ? stage[0]!.size : 0)),
  });
  const convention = member && conventionOf(member.kind);
  if (convention === undefined) return undefined;
  const { strides = IMAGENET_STRIDES } = convention;
  const isForCifar = strides === CIFAR_STRIDES;
  const stem = `${names.stem.convolution}.weight`;
  const network: Omit<InvertedResidualNetwork, 'inputShape'> = {
    classes: tensors.sizeOf(`${names.classifier}.weight`, 0),
    stemWidth: tensors.sizeOf(stem, 0),
    stemStride: strides.stem,
    blocks: blocks.flatMap((stage, index) =>
      stage.map((block, position) => ({ ...block, stride: position === 0 ? strides.stages[index]! : 1 })),
    ),
    headWidth: tensors.sizeOf(`${names.head.convolution}.weight`, 0),
    convention: convention.convention,
    names,
  };
  return {
    architecture: isForCifar ? `${member!.title} (stem of stride 1)` : member!.title,
    usualImageSize: isForCifar ? CIFAR_SIZE : member!.usualImageSize,
    openChoices: convention.openChoices,
    graph: (imageSize) =>
      invertedResiduals({ ...network, inputShape: [tensors.sizeOf(stem, 1), ...imageSize] }),
  };
}

/** The stages of blocks that are numbered through: where the output becomes wider or narrower, or else as many as are usual. */
export function stagesByWidth(
  tensors: NamedTensors,
  blocks: readonly InvertedResidualNames[],
  usualRepeats: readonly number[],
): readonly (readonly InvertedResidualNames[])[] {
  const usual = usualRepeats.reduce((sum, count) => sum + count, 0);
  if (blocks.length === usual) {
    const rest = [...blocks];
    return usualRepeats.map((count) => rest.splice(0, count));
  }
  const stages: InvertedResidualNames[][] = [];
  let width: number | undefined;
  for (const block of blocks) {
    const { outputWidth } = shapeOf(tensors, block);
    if (outputWidth === width) stages.at(-1)!.push(block);
    else stages.push([block]);
    width = outputWidth;
  }
  return stages;
}

function shapeOf(tensors: NamedTensors, names: InvertedResidualNames): Omit<InvertedResidual, 'stride'> {
  const depthwise = `${names.depthwise.convolution}.weight`;
  return {
    size: tensors.sizeOf(depthwise, 2),
    width: tensors.sizeOf(depthwise, 0),
    outputWidth: tensors.sizeOf(`${names.projection.convolution}.weight`, 0),
    names,
  };
}
