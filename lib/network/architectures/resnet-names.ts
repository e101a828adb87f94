import type { LayerNames } from './layer-names.js';

/** How an implementation of residual networks calls its parts. Stages, blocks and layers count from 0. */
export interface ResNetNames {
  /** Layers of the stem, one or several. */
  readonly stem: readonly LayerNames[];
  block(stage: number, position: number): string;
  /** Layers of a block's residual branch. */
  layer(block: string, index: number): LayerNames;
  shortcut(block: string): string;
  /** The layer of a shortcut that has one. */
  projection(block: string): LayerNames;
  readonly classifier: string;
}

/** Where implementations with torchvision's names differ from it. */
export interface TorchvisionDialect {
  /** Last layer; `fc` by default. */
  readonly classifier?: string;
  /** `downsample` by default. */
  readonly shortcut?: string;
  /** Whether something without parameters stands before a shortcut's convolution, as in timm's ResNet-D; false by default. */
  readonly precededProjection?: boolean;
  /** Whether the stem has three convolutions, as in timm's ResNet-C and ResNet-D; false by default. */
  readonly deepStem?: boolean;
}

/** `conv1`, `bn1`, `layer1.0.conv1`, `layer1.0.downsample.0`, `fc`: torchvision.models.resnet and its many relatives. */
export function torchvisionNames(dialect: TorchvisionDialect = {}): ResNetNames {
  const {
    classifier = 'fc',
    shortcut = 'downsample',
    precededProjection = false,
    deepStem = false,
  } = dialect;
  const first = precededProjection ? 1 : 0;
  const shortcutOf = (block: string): string => `${block}.${shortcut}`;
  return {
    stem: deepStem
      ? [
          { convolution: 'conv1.0', normalization: 'conv1.1' },
          { convolution: 'conv1.3', normalization: 'conv1.4' },
          { convolution: 'conv1.6', normalization: 'bn1' },
        ]
      : [{ convolution: 'conv1', normalization: 'bn1' }],
    block: (stage, position) => `layer${stage + 1}.${position}`,
    layer: (block, index) => ({
      convolution: `${block}.conv${index + 1}`,
      normalization: `${block}.bn${index + 1}`,
    }),
    shortcut: shortcutOf,
    projection: (block) => ({
      convolution: `${shortcutOf(block)}.${first}`,
      normalization: `${shortcutOf(block)}.${first + 1}`,
    }),
    classifier,
  };
}

/** Names of `ResNetForImageClassification` in Hugging Face's transformers. */
export const HUGGING_FACE_NAMES: ResNetNames = {
  stem: [normalized('resnet.embedder.embedder')],
  block: (stage, position) => `resnet.encoder.stages.${stage}.layers.${position}`,
  layer: (block, index) => normalized(`${block}.layer.${index}`),
  shortcut: (block) => `${block}.shortcut`,
  projection: (block) => normalized(`${block}.shortcut`),
  classifier: 'classifier.1',
};

/** Names of the ResNets for CIFAR-100 of github.com/weiaicunzai/pytorch-cifar100. */
export const WEIAICUNZAI_NAMES: ResNetNames = {
  stem: [followed('conv1', 0)],
  block: (stage, position) => `conv${stage + 2}_x.${position}`,
  // A convolution, its normalisation and a ReLU are three modules.
  layer: (block, index) => followed(`${block}.residual_function`, 3 * index),
  shortcut: (block) => `${block}.shortcut`,
  projection: (block) => followed(`${block}.shortcut`, 0),
  classifier: 'fc',
};

/** A convolution at a place of a sequence, its normalisation behind it. */
function followed(sequence: string, place: number): LayerNames {
  return { convolution: `${sequence}.${place}`, normalization: `${sequence}.${place + 1}` };
}

function normalized(layer: string): LayerNames {
  return { convolution: `${layer}.convolution`, normalization: `${layer}.normalization` };
}
