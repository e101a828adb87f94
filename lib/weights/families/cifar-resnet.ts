import { cifarResNet } from '../../network/architectures/resnet-cifar.js';
import { CIFAR_SIZE, type Family } from './family.js';

const STAGES = [1, 2, 3];

/** The CIFAR ResNets with 6n+2 layers, option A or B. */
export const cifarResNetFamily: Family = {
  description:
    'a CIFAR ResNet of 6n+2 layers (conv1, layer1 to layer3 of two 3×3 convolutions a block, linear or fc)',
  firstBlock: 'layer1.0.',
  find(tensors, { optionA }) {
    const blocksPerStage = tensors.countParts((block) => `layer1.${block}`);
    const isFamily =
      tensors.hasPart('conv1') && !tensors.hasPart('layer4') && !tensors.hasPart('layer1.0.conv3');
    if (blocksPerStage === 0 || !isFamily) return undefined;
    const classifier = tensors.hasPart('fc') ? 'fc' : 'linear';
    const projection = ['shortcut', 'downsample'].find((name) => tensors.hasPart(`layer2.0.${name}`));
    const shortcut = projection === undefined ? 'A' : 'B';
    const zeros = shortcut === 'A' && optionA === 'end' ? ', zeros at the end' : '';
    return {
      architecture: `ResNet-${6 * blocksPerStage + 2} (6n+2, option ${shortcut}${zeros})`,
      usualImageSize: CIFAR_SIZE,
      openChoices: shortcut === 'A' ? ['optionA'] : [],
      graph: (imageSize) =>
        cifarResNet({
          inputShape: [tensors.sizeOf('conv1.weight', 1), ...imageSize],
          classes: tensors.sizeOf(`${classifier}.weight`, 0),
          blocksPerStage,
          widths: STAGES.map((stage) => tensors.sizeOf(`layer${stage}.0.conv1.weight`, 0)),
          shortcut,
          zeroChannels: optionA,
          names: projection === undefined ? { classifier } : { classifier, projection },
        }),
    };
  },
};
