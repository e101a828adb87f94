import type { InvertedResidualNames } from '../../../network/architectures/inverted-residuals.js';
import type { Family } from '../family.js';
import type { NamedTensors } from '../named-tensors.js';
import { invertedResidualCandidate } from './candidate.js';

const NAMES = {
  stem: { convolution: 'conv_stem', normalization: 'bn1' },
  head: { convolution: 'conv_head', normalization: 'bn2' },
  classifier: 'classifier',
};

/** MobileNetV2 and EfficientNet-Lite of timm. */
export const timmInvertedResidualFamily: Family = {
  description: 'a MobileNetV2 or EfficientNet-Lite of timm (conv_stem, bn1, blocks, conv_head, classifier)',
  firstBlock: 'blocks.0.0.',
  find(tensors, { padding }) {
    const stageCount = tensors.countParts((stage) => `blocks.${stage}.0`);
    const stages = Array.from({ length: stageCount }, (_, stage) => {
      const count = tensors.countParts((position) => `blocks.${stage}.${position}`);
      return Array.from({ length: count }, (_, position) =>
        blockNames(tensors, `blocks.${stage}.${position}`),
      );
    });
    return invertedResidualCandidate(tensors, NAMES, stages, (kind) =>
      kind === 'mobilenet'
        ? { convention: 'pytorch', openChoices: [] }
        : { convention: padding === 'same' ? 'tensorflow' : 'pytorch', openChoices: ['padding'] },
    );
  },
};

function blockNames(tensors: NamedTensors, block: string): InvertedResidualNames {
  const layer = (convolution: string, position: number): InvertedResidualNames['depthwise'] => ({
    convolution: `${block}.${convolution}`,
    normalization: `${block}.bn${position}`,
  });
  if (!tensors.hasPart(`${block}.conv_pwl`))
    return { block, depthwise: layer('conv_dw', 1), projection: layer('conv_pw', 2) };
  return {
    block,
    expansion: layer('conv_pw', 1),
    depthwise: layer('conv_dw', 2),
    projection: layer('conv_pwl', 3),
  };
}
