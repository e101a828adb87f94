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
}

/** PyTorch's default for BatchNorm2d. */
const EPSILON = 1e-5;

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

  /** A convolution without bias, padded so that stride 1 keeps height and width. */
  convolution(input: string, name: string, options: SquareConvolution): string {
    const { outputChannels, size, stride = 1, groups = 1 } = options;
    return this.add({
      kind: 'convolution',
      name,
      input,
      outputChannels,
      kernel: [size, size],
      stride: [stride, stride],
      padding: evenPadding((size - 1) / 2),
      groups,
      weight: `${name}.weight`,
    });
  }

  batchNormalization(input: string, name: string): string {
    return this.add({
      kind: 'batch-normalization',
      name,
      input,
      epsilon: EPSILON,
      scale: `${name}.weight`,
      shift: `${name}.bias`,
      mean: `${name}.running_mean`,
      variance: `${name}.running_var`,
    });
  }

  relu(input: string, name: string): string {
    return this.add({ kind: 'relu', name, input });
  }

  /** The mean over the pixels and a linear layer with bias: what ends a classifier. */
  classifier(input: string, name: string, classes: number): string {
    const pooled = this.add({ kind: 'global-average-pool', name: 'pool', input });
    return this.add({
      kind: 'linear',
      name,
      input: pooled,
      outputFeatures: classes,
      weight: `${name}.weight`,
      bias: `${name}.bias`,
    });
  }

  /** @param output the name of the logits. */
  graph(inputShape: Shape, output: string): Graph {
    return { input: this.input, inputShape, nodes: this.#nodes, output };
  }
}

/** As many pixels on every side. */
export function evenPadding(pixels: number): Padding {
  return { top: pixels, bottom: pixels, left: pixels, right: pixels };
}
