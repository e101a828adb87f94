import { counted } from '../../counted.js';
import { type Vgg, type VggLayer, vgg } from '../../network/architectures/vgg.js';
import type { Family } from './family.js';
import type { NamedTensors } from './named-tensors.js';

/**
 * VGG with and without batch normalisation, as torchvision and timm save it, and its relatives for small images with one or more fully
 * connected layers behind. Where its max-pools stand is told by the numbers that the names of its layers leave out.
 */
export const vggFamily: Family = {
  description:
    'a VGG of torchvision or timm (features.0, features.2 or features.3 …, classifier.0 …, classifier or pre_logits.fc1)',
  firstBlock: 'features.0.',
  find(tensors) {
    const layers = layersOf(tensors);
    const classifier = classifierOf(tensors);
    const first = classifier[0];
    if (layers === undefined || first === undefined) return undefined;
    const isConvolutional = tensors.sizeOf(`${first.name}.weight`, 2) > 0;
    const grid = isConvolutional
      ? tensors.sizeOf(`${first.name}.weight`, 2)
      : Math.sqrt(tensors.sizeOf(`${first.name}.weight`, 1) / layers.at(-1)!.width);
    if (!Number.isInteger(grid) || grid === 0) return undefined;
    const side = grid * 2 ** layers.filter(({ pooled }) => pooled).length;
    const network: Omit<Vgg, 'inputShape'> = { layers, grid, classifier, isConvolutional };
    return {
      architecture: titleOf(network),
      usualImageSize: [side, side],
      openChoices: [],
      graph: (imageSize) =>
        vgg({ ...network, inputShape: [tensors.sizeOf('features.0.weight', 1), ...imageSize] }),
    };
  },
};

/** Fully connected layers of the paper. */
const PAPER_CLASSIFIER = 3;

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
  const names = tensors.hasPart('pre_logits')
    ? ['pre_logits.fc1', 'pre_logits.fc2', 'head.fc']
    : tensors.sizeOf('classifier.weight', 0) > 0
      ? ['classifier']
      : tensors.numbersIn('classifier').map((index) => `classifier.${index}`);
  return names.map((name) => ({ name, outputs: tensors.sizeOf(`${name}.weight`, 0) }));
}

/** Named by its layers as the paper ends them, in three fully connected ones: VGG-16 has 13 convolutions, however many are behind. */
function titleOf({ layers, classifier }: Pick<Vgg, 'layers' | 'classifier'>): string {
  const details = [
    ...(layers[0]!.normalization === undefined ? [] : ['batch normalisation']),
    ...(classifier.length === PAPER_CLASSIFIER ? [] : [counted(classifier.length, 'fully connected layer')]),
  ];
  const name = `VGG-${layers.length + PAPER_CLASSIFIER}`;
  return details.length === 0 ? name : `${name} (${details.join(', ')})`;
}
