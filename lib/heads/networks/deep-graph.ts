import type { Graph, Shape } from '../../network/graph.js';
import { resnet } from '../../network/resnet.js';
import { torchvisionNames } from '../../network/resnet-names.js';
import type { DeepHead } from '../head-kinds.js';

/** A map of so many pixels a side is small enough: larger ones are halved, a block each. */
const LONGEST_SIDE = 8;

/**
 * A head that is a small network of its own, as it is fitted: residual blocks, the mean over the pixels, a fully connected layer.
 *
 * @param inputShape `[channels, height, width]` at the cut point.
 */
export function deepGraph({ blocks, channels }: DeepHead, inputShape: Shape, classes: number): Graph {
  const halvings = Math.max(0, Math.ceil(Math.log2(Math.max(...inputShape.slice(1)) / LONGEST_SIDE)));
  const stages = Array.from({ length: blocks }, (_, block) => {
    // As in any residual network, maps of twice the side have half the channels: the blocks cost about the same.
    const still = Math.max(0, Math.min(halvings, blocks) - block - 1);
    const width = channels / 2 ** still;
    return { blocks: 1, width, outputWidth: width, groups: 1, stride: block < halvings ? 2 : 1 };
  });
  return resnet({
    inputShape,
    classes,
    stem: { size: 3, widths: [], downsamples: false, pooled: false },
    block: 'basic',
    bottleneckStride: '3x3',
    stages,
    shortcut: 'convolution',
    names: torchvisionNames(),
  });
}
