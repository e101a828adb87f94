import { resnet } from '../../network/architectures/resnet.js';
import { torchvisionNames } from '../../network/architectures/resnet-names.js';
import type { Graph, Shape } from '../../network/graph.js';
import { graft } from '../../network/segments.js';
import { headInput, isOfMap } from '../head-input.js';
import type { DeepHead } from '../head-kinds.js';

const INPUT = 'feature-map';

/** A map of so many pixels a side is small enough: larger ones are halved, a block each. */
const LONGEST_SIDE = 8;

/**
 * A head that is a small network of its own, as it is fitted: residual blocks, the mean over the pixels, a fully connected layer.
 *
 * @param inputShape at the cut point, `[channels, height, width]` of a feature map, `[tokens, width]` of a sequence.
 * @param channelsLast whether the channels of a map, or the width of tokens, stand last.
 */
export function deepGraph(kind: DeepHead, inputShape: Shape, classes: number, channelsLast = false): Graph {
  const { nodes, map } = headInput(INPUT, { shape: inputShape, ...(channelsLast && { channelsLast: true }) });
  const before = { input: INPUT, inputShape, nodes: nodes.filter(isOfMap), output: map.name };
  const branch = { graph: onMap(kind, map.shape, classes), parameters: new Map() };
  const { network, output } = graft({ graph: before, parameters: new Map() }, map.name, branch, '');
  return { ...network.graph, output };
}

/** The same on a feature map, channels first. */
function onMap({ blocks, channels }: DeepHead, inputShape: Shape, classes: number): Graph {
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
