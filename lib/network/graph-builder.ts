import type { Graph, GraphNode, Padding, Shape } from './graph.js';

/** What a square convolution is, besides what it reads and is called. */
interface SquareConvolution {
  readonly outputChannels: number;
  /** Rows and columns of its window, an odd number. */
  readonly size: number;
  /** 1 by default. */
  readonly stride?: number;
  /** 1 by default. */
  readonly groups?: number;
  /** As much on every side by default as keeps height and width at stride 1. */
  readonly padding?: Padding;
  /** Whether it adds a bias; it does not by default. */
  readonly bias?: boolean;
}

/** PyTorch's default for BatchNorm2d. */
export const EPSILON = 1e-5;

/**
 * Writes a graph node by node, in the order in which its values are computed. Parameters carry PyTorch's names: a layer's, then
 * `.weight`, `.bias`, `.running_mean` or `.running_var`. Every method gives back the name of the value that it adds.
 */
export class GraphBuilder {
  /** The name of the value that enters. */
  readonly input = 'image';
  readonly #nodes: GraphNode[] = [];

  add(node: GraphNode): string {
    this.#nodes.push(node);
    return node.name;
  }

  convolution(input: string, name: string, options: SquareConvolution): string {
    const { outputChannels, size, stride = 1, groups = 1, bias = false } = options;
    return this.add({
      kind: 'convolution',
      name,
      input,
      outputChannels,
      kernel: [size, size],
      stride: [stride, stride],
      padding: options.padding ?? evenPadding((size - 1) / 2),
      groups,
      weight: `${name}.weight`,
      ...(bias && { bias: `${name}.bias` }),
    });
  }

  batchNormalization(input: string, name: string, epsilon = EPSILON): string {
    return this.add({
      kind: 'batch-normalization',
      name,
      input,
      epsilon,
      scale: `${name}.weight`,
      shift: `${name}.bias`,
      mean: `${name}.running_mean`,
      variance: `${name}.running_var`,
    });
  }

  relu(input: string, name: string): string {
    return this.add({ kind: 'relu', name, input });
  }

  relu6(input: string, name: string): string {
    return this.add({ kind: 'relu6', name, input });
  }

  /** A fully connected layer with bias. */
  linear(input: string, name: string, outputFeatures: number): string {
    return this.add({
      ...{ kind: 'linear', name, input, outputFeatures },
      weight: `${name}.weight`,
      bias: `${name}.bias`,
    });
  }

  /** The mean over the pixels and a linear layer with bias: what ends a classifier. */
  classifier(input: string, name: string, classes: number): string {
    return this.linear(this.add({ kind: 'global-average-pool', name: 'pool', input }), name, classes);
  }

  /** @param output the name of the logits. */
  graph(inputShape: Shape, output: string): Graph {
    return { input: this.input, inputShape, nodes: this.#nodes, output };
  }
}

/**
 * What TensorFlow's `SAME` adds so that a window with stride gives a size of so many strides, rounded up: the odd pixel at the end.
 *
 * @param size of the window.
 * @example samePadding([224, 225], 3, 2); // { top: 0, bottom: 1, left: 1, right: 1 }
 */
export function samePadding(
  [height, width]: readonly [number, number],
  size: number,
  stride: number,
): Padding {
  const [rows, columns] = [height, width].map((side) =>
    Math.max(0, (Math.ceil(side / stride) - 1) * stride + size - side),
  ) as [number, number];
  const [top, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return { top, bottom: rows - top, left, right: columns - left };
}

/** As many pixels on every side. */
export function evenPadding(pixels: number): Padding {
  return { top: pixels, bottom: pixels, left: pixels, right: pixels };
}
