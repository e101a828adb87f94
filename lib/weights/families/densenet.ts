import {
  type DenseLayer,
  type DenseNet,
  type DenseStage,
  densenet,
} from '../../network/architectures/densenet.js';
import { CIFAR_SIZE, type Family, IMAGENET_SIZE } from './family.js';
import type { NamedTensors } from './named-tensors.js';

const STEM = 'features.conv0.weight';

/** DenseNet of torchvision and timm: the stem for ImageNet, or one 3×3 convolution of stride 1, for small images. */
export const densenetFamily: Family = {
  description: 'a DenseNet of torchvision or timm (features.conv0, features.denseblock1 …, classifier)',
  firstBlock: 'features.denseblock1.denselayer1.',
  find(tensors, { stemPool }) {
    const stageCount = tensors.countParts((stage) => nameOfStage(stage));
    const size = tensors.sizeOf(STEM, 2);
    if (stageCount === 0 || (size !== 7 && size !== 3)) return undefined;
    const stages = Array.from({ length: stageCount }, (_, stage) => stageOf(tensors, stage));
    const network: Omit<DenseNet, 'inputShape'> = {
      classes: tensors.sizeOf('classifier.weight', 0),
      stem: { width: tensors.sizeOf(STEM, 0), size, pooled: size === 7 || stemPool === 'max' },
      stages,
    };
    // Two convolutions a layer, one a transition, the stem and the classifier.
    const depth = 2 * stages.reduce((sum, { layers }) => sum + layers.length, 0) + stageCount + 1;
    return {
      architecture: `DenseNet-${depth}${size === 3 ? ` (3×3 stem${stemPool === 'max' ? ', max-pool' : ''})` : ''}`,
      usualImageSize: size === 3 ? CIFAR_SIZE : IMAGENET_SIZE,
      openChoices: size === 3 ? ['stemPool'] : [],
      graph: (imageSize) => densenet({ ...network, inputShape: [tensors.sizeOf(STEM, 1), ...imageSize] }),
    };
  },
};

function nameOfStage(stage: number): string {
  return `features.denseblock${stage + 1}`;
}

function stageOf(tensors: NamedTensors, stage: number): DenseStage {
  const nameOf = (layer: number): string => `${nameOfStage(stage)}.denselayer${layer + 1}`;
  const layers = Array.from({ length: tensors.countParts(nameOf) }, (_, layer) =>
    layerOf(tensors, nameOf(layer)),
  );
  const name = `features.transition${stage + 1}`;
  if (!tensors.hasPart(name)) return { layers };
  return { layers, transition: { name, width: tensors.sizeOf(`${name}.conv.weight`, 0) } };
}

function layerOf(tensors: NamedTensors, block: string): DenseLayer {
  // The files that torchvision publishes still have the names of its first version.
  const point = tensors.hasPart(`${block}.conv.1`) ? '.' : '';
  const [first, second] = [1, 2].map((index) => ({
    convolution: `${block}.conv${point}${index}`,
    normalization: `${block}.norm${point}${index}`,
  })) as [DenseLayer['layers'][0], DenseLayer['layers'][0]];
  return {
    block,
    width: tensors.sizeOf(`${first.convolution}.weight`, 0),
    growth: tensors.sizeOf(`${second.convolution}.weight`, 0),
    layers: [first, second],
  };
}
