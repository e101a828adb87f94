import { CascadeError } from '../errors.js';
import type { Graph, GraphNode, Padding, Pair, Shape } from './graph.js';

/** The family of He et al. 2016 (arXiv 1512.03385, section 4.2): 6n+2 layers in three stages, for small images. */
export interface CifarResNet {
  /** `[channels, height, width]` of an image. */
  readonly inputShape: Shape;
  readonly classes: number;
  /** n of 6n+2, the residual blocks of a stage. */
  readonly blocksPerStage: number;
  /** Channels of the three stages; [16, 32, 64] in the paper. */
  readonly widths?: readonly number[];
  /** `A`: every second pixel, channels padded with zeros; `B`: a 1×1 convolution with stride. */
  readonly shortcut: 'A' | 'B';
  /** How the parameters are called where conventions differ. */
  readonly names?: Partial<ParameterNames>;
}

interface ParameterNames {
  /** Last layer. */
  readonly classifier: string;
  /** Projection of option B; its convolution is `.0`, its normalisation `.1`. */
  readonly projection: string;
}

/** PyTorch's default for BatchNorm2d. */
const EPSILON = 1e-5;
const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };
const ONE_PIXEL: Padding = { top: 1, bottom: 1, left: 1, right: 1 };

/**
 * The layer graph of a CIFAR ResNet. Parameters carry the names of the PyTorch implementations (`conv1.weight`,
 * `layer1.0.bn2.running_var`, …).
 *
 * @throws CascadeError if n is below 1.
 */
export function cifarResNet(options: CifarResNet): Graph {
  const { inputShape, classes, blocksPerStage, widths = [16, 32, 64], shortcut } = options;
  const { classifier = 'linear', projection = 'shortcut' } = options.names ?? {};
  if (blocksPerStage < 1) throw new CascadeError('A CIFAR ResNet has 6n+2 layers with n of at least 1.');
  const nodes: GraphNode[] = [];
  const add = (node: GraphNode): string => {
    nodes.push(node);
    return node.name;
  };
  const normalized = (input: string, name: string): string =>
    add({
      kind: 'batch-normalization',
      name,
      input,
      epsilon: EPSILON,
      scale: `${name}.weight`,
      shift: `${name}.bias`,
      mean: `${name}.running_mean`,
      variance: `${name}.running_var`,
    });
  const convolved = (
    input: string,
    name: string,
    outputChannels: number,
    size: number,
    step: number,
  ): string => {
    const [kernel, stride]: Pair[] = [
      [size, size],
      [step, step],
    ];
    const padding = size === 3 ? ONE_PIXEL : NO_PADDING;
    const weight = `${name}.weight`;
    return add({
      kind: 'convolution',
      name,
      input,
      outputChannels,
      kernel: kernel!,
      stride: stride!,
      padding,
      groups: 1,
      weight,
    });
  };
  const rectified = (input: string, name: string): string => add({ kind: 'relu', name, input });

  const shortcutOf = (input: string, block: string, from: number, to: number, step: number): string => {
    if (step === 1 && from === to) return input;
    if (shortcut === 'B') {
      const convolution = convolved(input, `${block}.${projection}.0`, to, 1, step);
      return normalized(convolution, `${block}.${projection}.1`);
    }
    const sliced = add({
      kind: 'strided-slice',
      name: `${block}.${projection}.slice`,
      input,
      stride: [step, step],
    });
    const before = Math.floor((to - from) / 2);
    return add({
      kind: 'pad-channels',
      name: `${block}.${projection}.pad`,
      input: sliced,
      before,
      after: to - from - before,
    });
  };

  let value = rectified(normalized(convolved('image', 'conv1', widths[0]!, 3, 1), 'bn1'), 'relu1');
  let channels = widths[0]!;
  widths.forEach((width, stage) => {
    for (let position = 0; position < blocksPerStage; position++) {
      const block = `layer${stage + 1}.${position}`;
      const step = stage > 0 && position === 0 ? 2 : 1;
      const first = rectified(
        normalized(convolved(value, `${block}.conv1`, width, 3, step), `${block}.bn1`),
        `${block}.relu1`,
      );
      const second = normalized(convolved(first, `${block}.conv2`, width, 3, 1), `${block}.bn2`);
      const bypass = shortcutOf(value, block, channels, width, step);
      value = rectified(
        add({ kind: 'add', name: `${block}.add`, inputs: [second, bypass] }),
        `${block}.relu2`,
      );
      channels = width;
    }
  });
  const pooled = add({ kind: 'global-average-pool', name: 'pool', input: value });
  const output = add({
    kind: 'linear',
    name: classifier,
    input: pooled,
    outputFeatures: classes,
    weight: `${classifier}.weight`,
    bias: `${classifier}.bias`,
  });
  return { input: 'image', inputShape, nodes, output };
}
