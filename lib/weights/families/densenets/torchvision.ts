import type { LayerNames } from '../../../network/architectures/layer-names.js';
import type { Family } from '../family.js';
import { type DenseNetImplementation, densenetCandidate } from './candidate.js';

const TORCHVISION: DenseNetImplementation = {
  names: {
    stem: { convolution: 'features.conv0', normalization: 'features.norm0' },
    end: 'features.norm5',
    classifier: 'classifier',
  },
  hasStemPool: true,
  isTransitionActivated: true,
  stage: (_, stage) => `features.denseblock${stage + 1}`,
  layer: (stage, position) => `${stage}.denselayer${position + 1}`,
  inside(tensors, layer) {
    // The files that torchvision publishes still have the names of its first version.
    const point = tensors.hasPart(`${layer}.conv.1`) ? '.' : '';
    const at = (index: number): LayerNames => ({
      convolution: `${layer}.conv${point}${index}`,
      normalization: `${layer}.norm${point}${index}`,
    });
    return [at(1), at(2)];
  },
  transition(stage) {
    const name = `features.transition${stage + 1}`;
    return { name, convolution: `${name}.conv`, normalization: `${name}.norm` };
  },
};

/** DenseNet of torchvision and timm: the stem for ImageNet, or one 3×3 convolution of stride 1, for small images. */
export const densenetFamily: Family = {
  description: 'a DenseNet of torchvision or timm (features.conv0, features.denseblock1 …, classifier)',
  firstBlock: 'features.denseblock1.denselayer1.',
  find: (tensors, choices) => densenetCandidate(tensors, TORCHVISION, choices),
};
