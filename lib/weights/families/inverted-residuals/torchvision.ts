import type { InvertedResidualNames } from '../../../network/architectures/inverted-residuals.js';
import type { Family } from '../family.js';
import type { NamedTensors } from '../named-tensors.js';
import { invertedResidualCandidate, stagesByWidth } from './candidate.js';
import { CIFAR_STRIDES, IMAGENET_STRIDES, MOBILENET_REPEATS } from './members.js';

/** `MobileNetV2` of torchvision. */
export const mobileNetV2Family: Family = {
  description: 'a MobileNetV2 of torchvision (features.0, features.1.conv, classifier.1)',
  firstBlock: 'features.1.conv.',
  find(tensors, { stemStride }) {
    const count = tensors.countParts((block) => `features.${block + 1}.conv`);
    const blocks = Array.from({ length: count }, (_, index) => blockNames(tensors, `features.${index + 1}`));
    const names = {
      stem: { convolution: 'features.0.0', normalization: 'features.0.1' },
      head: { convolution: `features.${count + 1}.0`, normalization: `features.${count + 1}.1` },
      classifier: 'classifier.1',
    };
    return invertedResidualCandidate(
      tensors,
      names,
      stagesByWidth(tensors, blocks, MOBILENET_REPEATS),
      (kind) =>
        kind === 'mobilenet'
          ? {
              convention: 'pytorch',
              openChoices: ['stemStride'],
              strides: stemStride === '1' ? CIFAR_STRIDES : IMAGENET_STRIDES,
            }
          : undefined,
    );
  },
};

function blockNames(tensors: NamedTensors, block: string): InvertedResidualNames {
  const layer = (index: number): InvertedResidualNames['depthwise'] => ({
    convolution: `${block}.conv.${index}.0`,
    normalization: `${block}.conv.${index}.1`,
  });
  const isWidening = tensors.hasPart(`${block}.conv.3`);
  const last = isWidening ? 2 : 1;
  return {
    block,
    ...(isWidening && { expansion: layer(0) }),
    depthwise: layer(last - 1),
    projection: { convolution: `${block}.conv.${last}`, normalization: `${block}.conv.${last + 1}` },
  };
}
