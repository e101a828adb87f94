import type { LayerNames } from '../../network/architectures/layer-names.js';
import { type ResNet, resnet, type ShortcutKind, type Stage } from '../../network/architectures/resnet.js';
import {
  HUGGING_FACE_NAMES,
  type ResNetNames,
  torchvisionNames,
  WEIAICUNZAI_NAMES,
} from '../../network/architectures/resnet-names.js';
import { type Candidate, CIFAR_SIZE, type Family, IMAGENET_SIZE } from './family.js';
import type { NamedTensors } from './named-tensors.js';
import type { Choices } from './open-choices.js';
import { resnetTitle } from './resnet-title.js';

/**
 * ResNet, wide ResNet and ResNeXt with torchvision's names, as torchvision and timm save them: basic blocks or bottlenecks, the
 * stem for ImageNet, deep ones (ResNet-C, -D …), or one 3×3 convolution of stride 1 without pooling, for small images.
 *
 * What has no weights cannot be told from them: timm's anti-aliased (`resnetaa`, `resnetblur`) and dilated variants look like the
 * plain network. Of that, `Choices` has what a user may say.
 */
export const torchvisionResNetFamily: Family = {
  description: 'a ResNet, wide ResNet or ResNeXt of torchvision or timm (conv1, bn1, layer1 …, fc or linear)',
  firstBlock: 'layer1.0.',
  find(tensors, choices) {
    const shortcut = tensors.hasPart('layer2.0.shortcut') ? 'shortcut' : 'downsample';
    const precededProjection = tensors.hasPart(`layer2.0.${shortcut}.2`);
    const names = torchvisionNames({
      classifier: tensors.hasPart('linear') ? 'linear' : 'fc',
      shortcut,
      precededProjection,
      deepStem: tensors.hasPart('conv1.1'),
    });
    return candidate(tensors, names, precededProjection ? 'average-pool' : 'convolution', choices);
  },
};

/**
 * `ResNetForImageClassification` of Hugging Face's transformers, configured as `microsoft/resnet-18` to `-152` are: ReLU, no stride in
 * the first stage, `downsample_in_bottleneck` off.
 */
export const huggingFaceResNetFamily: Family = {
  description: "a ResNet of Hugging Face's transformers (resnet.embedder, resnet.encoder, classifier.1)",
  firstBlock: 'resnet.encoder.stages.0.layers.0.',
  find: (tensors, choices) => candidate(tensors, HUGGING_FACE_NAMES, 'convolution', choices),
};

/** ResNets for CIFAR-100 of github.com/weiaicunzai/pytorch-cifar100. */
export const weiaicunzaiResNetFamily: Family = {
  description: 'a ResNet of weiaicunzai/pytorch-cifar100 (conv1.0, conv2_x, conv3_x …, fc)',
  firstBlock: 'conv2_x.0.',
  find: (tensors, choices) => candidate(tensors, WEIAICUNZAI_NAMES, 'convolution', choices),
};

function candidate(
  tensors: NamedTensors,
  names: ResNetNames,
  shortcut: ShortcutKind,
  { stemPool, stride }: Choices,
): Candidate | undefined {
  const stageCount = tensors.countParts((stage) => names.block(stage, 0));
  if (stageCount === 0 || !hasLayer(tensors, names.stem[0]!)) return undefined;
  const block = hasLayer(tensors, names.layer(names.block(0, 0), 2)) ? 'bottleneck' : 'basic';
  const stem = `${names.stem[0]!.convolution}.weight`;
  const isDeep = names.stem.length > 1;
  const isSmall = !isDeep && tensors.sizeOf(stem, 2) === 3;
  const network: Omit<ResNet, 'inputShape'> = {
    classes: tensors.sizeOf(`${names.classifier}.weight`, 0),
    stem: {
      size: isDeep || isSmall ? 3 : 7,
      widths: names.stem.map((layer) => widthOf(tensors, layer)),
      downsamples: !isSmall,
      pooled: !isSmall || stemPool === 'max',
    },
    block,
    bottleneckStride: stride,
    stages: Array.from({ length: stageCount }, (_, stage) => stageOf(tensors, names, stage, block)),
    shortcut,
    names,
  };
  return {
    architecture: resnetTitle(network),
    usualImageSize: isSmall ? CIFAR_SIZE : IMAGENET_SIZE,
    openChoices: [
      ...(isSmall ? (['stemPool'] as const) : []),
      ...(block === 'bottleneck' && stageCount > 1 ? (['stride'] as const) : []),
    ],
    graph: (imageSize) => resnet({ ...network, inputShape: [tensors.sizeOf(stem, 1), ...imageSize] }),
  };
}

function stageOf(tensors: NamedTensors, names: ResNetNames, stage: number, block: ResNet['block']): Stage {
  const first = names.block(stage, 0);
  const width = widthOf(tensors, names.layer(first, 0));
  const groups = width / tensors.sizeOf(`${names.layer(first, 1).convolution}.weight`, 1);
  return {
    blocks: tensors.countParts((position) => names.block(stage, position)),
    width,
    outputWidth: widthOf(tensors, names.layer(first, block === 'basic' ? 1 : 2)),
    groups: block === 'bottleneck' && Number.isInteger(groups) ? groups : 1,
  };
}

/** Whether a layer is there, be it in parts. */
function hasLayer(tensors: NamedTensors, { convolution, normalization }: LayerNames): boolean {
  return tensors.hasPart(convolution) || tensors.hasPart(normalization);
}

/** Output channels, also where one of the layer's tensors is missing. */
function widthOf(tensors: NamedTensors, { convolution, normalization }: LayerNames): number {
  return tensors.sizeOf(`${convolution}.weight`, 0) || tensors.sizeOf(`${normalization}.weight`, 0);
}
