import {
  type DenseLayer,
  type DenseNet,
  type DenseStage,
  densenet,
} from '../../../network/architectures/densenet.js';
import type { LayerNames } from '../../../network/architectures/layer-names.js';
import { type Candidate, CIFAR_SIZE, IMAGENET_SIZE } from '../family.js';
import type { NamedTensors } from '../named-tensors.js';
import type { Choices } from '../open-choices.js';

/** What an implementation of DenseNet calls its layers, and where it computes otherwise than the paper. Stages and layers count from 0. */
export interface DenseNetImplementation extends Pick<DenseNet, 'names'> {
  /** Whether the stem may end in a max-pool where its window is 3×3. */
  readonly hasStemPool: boolean;
  stage(tensors: NamedTensors, stage: number): string;
  layer(stage: string, position: number): string;
  /** The two layers inside a dense layer, each with the normalisation before it. */
  inside(tensors: NamedTensors, layer: string): DenseLayer['layers'];
  transition(stage: number): LayerNames & { readonly name: string };
  readonly isTransitionActivated: boolean;
}

/** The DenseNet that tensors look like, or undefined if they look like none. */
export function densenetCandidate(
  tensors: NamedTensors,
  implementation: DenseNetImplementation,
  { stemPool }: Choices,
): Candidate | undefined {
  const { names, hasStemPool } = implementation;
  const stem = `${names.stem.convolution}.weight`;
  const stageCount = tensors.countParts((stage) => implementation.stage(tensors, stage));
  const size = tensors.sizeOf(stem, 2);
  if (stageCount === 0 || (size !== 7 && size !== 3)) return undefined;
  const isOpen = size === 3 && hasStemPool;
  const isPooled = size === 7 || (isOpen && stemPool === 'max');
  const stages = Array.from({ length: stageCount }, (_, stage) => stageOf(tensors, implementation, stage));
  const network: Omit<DenseNet, 'inputShape'> = {
    classes: tensors.sizeOf(`${names.classifier}.weight`, 0),
    stem: { width: tensors.sizeOf(stem, 0), size, pooled: isPooled },
    stages,
    names,
  };
  // Two convolutions a layer, one a transition, the stem and the classifier.
  const depth = 2 * stages.reduce((sum, { layers }) => sum + layers.length, 0) + stageCount + 1;
  return {
    architecture: `DenseNet-${depth}${size === 3 ? ` (3×3 stem${isPooled ? ', max-pool' : ''})` : ''}`,
    usualImageSize: size === 3 ? CIFAR_SIZE : IMAGENET_SIZE,
    openChoices: isOpen ? ['stemPool'] : [],
    graph: (imageSize) => densenet({ ...network, inputShape: [tensors.sizeOf(stem, 1), ...imageSize] }),
  };
}

function stageOf(tensors: NamedTensors, implementation: DenseNetImplementation, stage: number): DenseStage {
  const name = implementation.stage(tensors, stage);
  const nameOf = (position: number): string => implementation.layer(name, position);
  const layers = Array.from({ length: tensors.countParts(nameOf) }, (_, position): DenseLayer => {
    const block = nameOf(position);
    const inside = implementation.inside(tensors, block);
    const [width, growth] = inside.map(({ convolution }) => tensors.sizeOf(`${convolution}.weight`, 0));
    return { block, width: width!, growth: growth!, layers: inside };
  });
  const transition = implementation.transition(stage);
  const width = tensors.sizeOf(`${transition.convolution}.weight`, 0);
  if (!tensors.hasPart(transition.name)) return { layers };
  return { layers, transition: { ...transition, width, isActivated: implementation.isTransitionActivated } };
}
