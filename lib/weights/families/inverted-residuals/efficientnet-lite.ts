import type { InvertedResidualNames } from '../../../network/architectures/inverted-residuals.js';
import type { Family } from '../family.js';
import type { NamedTensors } from '../named-tensors.js';
import { invertedResidualCandidate, stagesByWidth } from './candidate.js';

const NAMES = {
  stem: { convolution: '_conv_stem', normalization: '_bn0' },
  head: { convolution: '_conv_head', normalization: '_bn1' },
  classifier: '_fc',
};

/** EfficientNet-Lite as TensorFlow trained it, with the names of L. Melas-Kyriazi's EfficientNet for PyTorch. */
export const efficientNetLiteFamily: Family = {
  description: 'an EfficientNet-Lite (_conv_stem, _blocks, _conv_head, _fc)',
  firstBlock: '_blocks.0.',
  find(tensors) {
    const count = tensors.countParts((block) => `_blocks.${block}`);
    const blocks = Array.from({ length: count }, (_, index) => blockNames(tensors, `_blocks.${index}`));
    return invertedResidualCandidate(tensors, NAMES, stagesByWidth(tensors, blocks, []), (kind) =>
      kind === 'efficientnet' ? { convention: 'tensorflow', openChoices: [] } : undefined,
    );
  },
};

function blockNames(tensors: NamedTensors, block: string): InvertedResidualNames {
  return {
    block,
    ...(tensors.hasPart(`${block}._expand_conv`) && {
      expansion: { convolution: `${block}._expand_conv`, normalization: `${block}._bn0` },
    }),
    depthwise: { convolution: `${block}._depthwise_conv`, normalization: `${block}._bn1` },
    projection: { convolution: `${block}._project_conv`, normalization: `${block}._bn2` },
  };
}
