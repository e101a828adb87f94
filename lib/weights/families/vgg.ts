import { type Vgg, type VggLayer, vgg } from '../../network/architectures/vgg.js';
import type { Family } from './family.js';
import type { NamedTensors } from './named-tensors.js';

/**
 * VGG with and without batch normalisation, as torchvision saves it, and its relatives for small images with one or more fully connected
 * layers behind. Where its max-pools stand is told by the numbers that the names of its layers leave out.
 */
export const vggFamily: Family = {
  description: 'a VGG of torchvision (features.0, features.2 or features.3 …, classifier.0 … or classifier)',
  firstBlock: 'features.0.',
  find(tensors) {
    const layers = layersOf(tensors);
    const classifier = classifierOf(tensors);
    if (layers === undefined || classifier.length === 0) return undefined;
    const { width } = layers.at(-1)!;
    const grid = Math.sqrt(tensors.sizeOf(`${classifier[0]!.name}.weight`, 1) / width);
    if (!Number.isInteger(grid) || grid === 0) return undefined;
    const side = grid * 2 ** layers.filter(({ pooled }) => pooled).length;
    const network: Omit<Vgg, 'inputShape'> = { layers, grid, classifier };
    const isNormalized = layers[0]!.normalization !== undefined;
    return {
      architecture: `VGG-${layers.length + classifier.length}${isNormalized ? ' (batch normalisation)' : ''}`,
      usualImageSize: [side, side],
      openChoices: [],
      graph: (imageSize) =>
        vgg({ ...network, inputShape: [tensors.sizeOf('features.0.weight', 1), ...imageSize] }),
    };
  },
};

/** The convolutions, or undefined if what is there are other layers, or stands otherwise. */
function layersOf(tensors: NamedTensors): readonly VggLayer[] | undefined {
  const numbers = tensors.numbersIn('features');
  const nameOf = (index: number): string => `features.${index}`;
  const convolutions = numbers.filter((index) => tensors.sizeOf(`${nameOf(index)}.weight`, 2) > 0);
  const isNormalized = convolutions.length < numbers.length;
  // Modules from one convolution to the next: itself, its normalisation, a ReLU.
  const apart = isNormalized ? 3 : 2;
  const isVgg =
    convolutions[0] === 0 &&
    convolutions.every((index, place) => {
      const next = convolutions[place + 1];
      const isApart = next === undefined || next - index === apart || next - index === apart + 1;
      const hasNormalization = tensors.hasPart(nameOf(index + 1));
      return (
        isApart && hasNormalization === isNormalized && tensors.sizeOf(`${nameOf(index)}.weight`, 2) === 3
      );
    });
  if (!isVgg || numbers.length !== convolutions.length * (isNormalized ? 2 : 1)) return undefined;
  return convolutions.map((index, place) => ({
    convolution: nameOf(index),
    ...(isNormalized && { normalization: nameOf(index + 1) }),
    width: tensors.sizeOf(`${nameOf(index)}.weight`, 0),
    // The last max-pool ends the features, and no number behind it tells.
    pooled: (convolutions[place + 1] ?? index + apart + 1) - index > apart,
  }));
}

function classifierOf(tensors: NamedTensors): Vgg['classifier'] {
  const names =
    tensors.sizeOf('classifier.weight', 0) > 0
      ? ['classifier']
      : tensors.numbersIn('classifier').map((index) => `classifier.${index}`);
  return names.map((name) => ({ name, outputs: tensors.sizeOf(`${name}.weight`, 0) }));
}
