import type { Family } from '../family.js';
import { type DenseNetImplementation, densenetCandidate } from './candidate.js';

const KUANGLIU: DenseNetImplementation = {
  names: { stem: { convolution: 'conv1' }, end: 'bn', classifier: 'linear', isNewFirst: true },
  hasStemPool: false,
  isTransitionActivated: true,
  stage: (_, stage) => `dense${stage + 1}`,
  layer: (stage, position) => `${stage}.${position}`,
  inside: (_, layer) => [
    { convolution: `${layer}.conv1`, normalization: `${layer}.bn1` },
    { convolution: `${layer}.conv2`, normalization: `${layer}.bn2` },
  ],
  transition(stage) {
    const name = `trans${stage + 1}`;
    return { name, convolution: `${name}.conv`, normalization: `${name}.bn` };
  },
};

/** DenseNet for CIFAR of github.com/kuangliu/pytorch-cifar. */
export const kuangliuDenseNetFamily: Family = {
  description: 'a DenseNet of kuangliu/pytorch-cifar (conv1, dense1, trans1 …, linear)',
  firstBlock: 'dense1.0.',
  find: (tensors, choices) => densenetCandidate(tensors, KUANGLIU, choices),
};

const WEIAICUNZAI: DenseNetImplementation = {
  names: { stem: { convolution: 'conv1' }, end: 'features.bn', classifier: 'linear' },
  hasStemPool: false,
  isTransitionActivated: false,
  stage(tensors, stage) {
    const name = `features.dense_block_layer_${stage}`;
    return tensors.hasPart(name) ? name : `features.dense_block${stage}`;
  },
  layer: (stage, position) => `${stage}.bottle_neck_layer_${position}`,
  inside: (_, layer) => [
    { convolution: `${layer}.bottle_neck.2`, normalization: `${layer}.bottle_neck.0` },
    { convolution: `${layer}.bottle_neck.5`, normalization: `${layer}.bottle_neck.3` },
  ],
  transition(stage) {
    const name = `features.transition_layer_${stage}`;
    return { name, convolution: `${name}.down_sample.1`, normalization: `${name}.down_sample.0` };
  },
};

/** DenseNet for CIFAR of github.com/weiaicunzai/pytorch-cifar100. */
export const weiaicunzaiDenseNetFamily: Family = {
  description: 'a DenseNet of weiaicunzai/pytorch-cifar100 (conv1, features.dense_block_layer_0 …, linear)',
  firstBlock: 'features.dense_block_layer_0.',
  find: (tensors, choices) => densenetCandidate(tensors, WEIAICUNZAI, choices),
};
