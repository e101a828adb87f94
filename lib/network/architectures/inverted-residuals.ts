import type { Graph, Shape } from '../graph.js';
import { EPSILON, evenPadding, GraphBuilder, samePadding } from '../graph-builder.js';
import type { LayerNames } from './layer-names.js';

/** A depthwise convolution between two of 1×1: the first widens, the second narrows and has no activation behind it. */
export interface InvertedResidual {
  /** Rows and columns of the depthwise convolution's window. */
  readonly size: number;
  readonly stride: number;
  /** Channels inside. */
  readonly width: number;
  readonly outputWidth: number;
  readonly names: InvertedResidualNames;
}

/** What the layers of a block are called. */
export interface InvertedResidualNames {
  /** The block itself. */
  readonly block: string;
  /** Left out where the block does not widen its input. */
  readonly expansion?: LayerNames;
  readonly depthwise: LayerNames;
  readonly projection: LayerNames;
}

/**
 * MobileNetV2 (Sandler et al. 2018, arXiv 1801.04381) and what is built like it, such as EfficientNet-Lite: inverted residuals with ReLU6
 * between a 3×3 stem and a 1×1 convolution.
 */
export interface InvertedResidualNetwork {
  /** `[channels, height, width]` of an image. */
  readonly inputShape: Shape;
  readonly classes: number;
  readonly stemWidth: number;
  /** Stride of the stem; 2 for ImageNet. */
  readonly stemStride: number;
  readonly blocks: readonly InvertedResidual[];
  /** Channels that the last 1×1 convolution puts out. */
  readonly headWidth: number;
  /** How it was trained: by TensorFlow with `SAME` padding and an ε of 1e-3, or by PyTorch with even padding and 1e-5. */
  readonly convention: 'tensorflow' | 'pytorch';
  readonly names: { readonly stem: LayerNames; readonly head: LayerNames; readonly classifier: string };
}

/** TensorFlow's default for batch normalisation in these networks. */
const TENSORFLOW_EPSILON = 1e-3;

/** The layer graph of a network of inverted residuals. A block whose input and output have one shape adds its input. */
export function invertedResiduals(network: InvertedResidualNetwork): Graph {
  const writer = new Writer(network);
  const { names, stemWidth, stemStride, headWidth } = network;
  let value = writer.activated(
    names.stem,
    { outputChannels: stemWidth, size: 3, stride: stemStride },
    'stem',
  );
  let channels = stemWidth;
  for (const block of network.blocks) {
    value = writer.block(value, block, channels);
    channels = block.outputWidth;
  }
  value = writer.activated(names.head, { outputChannels: headWidth, size: 1, stride: 1 }, 'head', value);
  return writer.builder.graph(
    network.inputShape,
    writer.builder.classifier(value, names.classifier, network.classes),
  );
}

interface Layer {
  readonly outputChannels: number;
  readonly size: number;
  readonly stride: number;
  readonly groups?: number;
}

/** Follows the height and width of what it writes, on which the padding of TensorFlow depends. */
class Writer {
  readonly builder = new GraphBuilder();
  readonly #isSame: boolean;
  #sides: readonly [number, number];

  constructor({ inputShape, convention }: InvertedResidualNetwork) {
    this.#isSame = convention === 'tensorflow';
    this.#sides = [inputShape[1]!, inputShape[2]!];
  }

  block(input: string, block: InvertedResidual, channels: number): string {
    const { size, stride, width, outputWidth, names } = block;
    const widened =
      names.expansion === undefined
        ? input
        : this.activated(
            names.expansion,
            { outputChannels: width, size: 1, stride: 1 },
            `${names.block}.expansion`,
            input,
          );
    const filtered = this.activated(
      names.depthwise,
      { outputChannels: width, size, stride, groups: width },
      `${names.block}.depthwise`,
      widened,
    );
    const narrowed = this.#normalized(filtered, names.projection, {
      outputChannels: outputWidth,
      size: 1,
      stride: 1,
    });
    if (stride > 1 || channels !== outputWidth) return narrowed;
    return this.builder.add({ kind: 'add', name: `${names.block}.add`, inputs: [narrowed, input] });
  }

  /** @param place what the activation is called after. */
  activated(names: LayerNames, layer: Layer, place: string, input = this.builder.input): string {
    const value = this.#normalized(input, names, layer);
    return this.builder.relu6(value, `${place}.relu6`);
  }

  #normalized(input: string, { convolution, normalization }: LayerNames, layer: Layer): string {
    const { size, stride } = layer;
    const padding = this.#isSame ? samePadding(this.#sides, size, stride) : evenPadding((size - 1) / 2);
    const [height, width] = this.#sides;
    this.#sides = [Math.ceil(height / stride), Math.ceil(width / stride)];
    const value = this.builder.convolution(input, convolution, { ...layer, padding });
    return this.builder.batchNormalization(value, normalization, this.#isSame ? TENSORFLOW_EPSILON : EPSILON);
  }
}
