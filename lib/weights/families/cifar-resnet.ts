import { cifarResNet } from '../../network/resnet-cifar.js';
import { CIFAR_SIZE, countParts, type Family, hasPart, sizeOf } from './family.js';

const STAGES = [1, 2, 3];

/** The CIFAR ResNets with 6n+2 layers, option A or B. */
export const cifarResNetFamily: Family = {
  description:
    'a CIFAR ResNet of 6n+2 layers (conv1, layer1 to layer3 of two 3×3 convolutions a block, linear or fc)',
  find(tensors) {
    const blocksPerStage = countParts(tensors, (block) => `layer1.${block}`);
    const isFamily =
      hasPart(tensors, 'conv1') && !hasPart(tensors, 'layer4') && !hasPart(tensors, 'layer1.0.conv3');
    if (blocksPerStage === 0 || !isFamily) return undefined;
    const classifier = hasPart(tensors, 'fc') ? 'fc' : 'linear';
    const projection = ['shortcut', 'downsample'].find((name) => hasPart(tensors, `layer2.0.${name}`));
    const shortcut = projection === undefined ? 'A' : 'B';
    return {
      architecture: `ResNet-${6 * blocksPerStage + 2} (6n+2, option ${shortcut})`,
      usualImageSize: CIFAR_SIZE,
      graph: (imageSize) =>
        cifarResNet({
          inputShape: [sizeOf(tensors, 'conv1.weight', 1), ...imageSize],
          classes: sizeOf(tensors, `${classifier}.weight`, 0),
          blocksPerStage,
          widths: STAGES.map((stage) => sizeOf(tensors, `layer${stage}.0.conv1.weight`, 0)),
          shortcut,
          names: projection === undefined ? { classifier } : { classifier, projection },
        }),
    };
  },
};
