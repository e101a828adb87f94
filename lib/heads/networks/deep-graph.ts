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
  let side = Math.max(...inputShape.slice(1));
  const stages = Array.from({ length: blocks }, () => {
    const stride = side > LONGEST_SIDE ? 2 : 1;
    side = Math.ceil(side / stride);
    return { blocks: 1, width: channels, outputWidth: channels, groups: 1, stride };
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
