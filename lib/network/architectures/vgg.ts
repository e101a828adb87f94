import { CascadeError } from '../../errors.js';
import type { Graph, Shape } from '../graph.js';
import { evenPadding, GraphBuilder } from '../graph-builder.js';
import { inferShapes } from '../shapes.js';

/** A 3×3 convolution with bias and ReLU. */
export interface VggLayer {
  readonly convolution: string;
  /** The batch normalisation behind it, in networks that have them. */
  readonly normalization?: string;
  readonly width: number;
  /** Whether a 2×2 max-pool of stride 2 follows. */
  readonly pooled: boolean;
}

/** VGG (Simonyan and Zisserman 2015, arXiv 1409.1556). */
export interface Vgg {
  /** `[channels, height, width]` of an image. */
  readonly inputShape: Shape;
  readonly layers: readonly VggLayer[];
  /** Rows and columns that the feature map is averaged to before the fully connected layers. */
  readonly grid: number;
  /** Fully connected layers, ReLUs between them. */
  readonly classifier: readonly { readonly name: string; readonly outputs: number }[];
}

/**
 * The layer graph of a VGG.
 *
 * @throws CascadeError if the last feature map cannot be averaged to the grid in windows of one size.
 */
export function vgg({ inputShape, layers, grid, classifier }: Vgg): Graph {
  const builder = new GraphBuilder();
  const map = layers.reduce((input, { convolution, normalization, width, pooled }) => {
    const options = { outputChannels: width, size: 3, bias: true };
    const filtered = builder.convolution(input, convolution, options);
    const normalized =
      normalization === undefined ? filtered : builder.batchNormalization(filtered, normalization);
    const active = builder.relu(normalized, `${convolution}.relu`);
    if (!pooled) return active;
    return builder.add({
      ...{ kind: 'max-pool', name: `${convolution}.pool`, input: active },
      ...{ kernel: [2, 2], stride: [2, 2], padding: evenPadding(0) },
    });
  }, builder.input);
  const sides = inferShapes(builder.graph(inputShape, map)).get(map)!.slice(1) as [number, number];
  const flat = builder.add({
    ...{ kind: 'flatten', name: 'flatten' },
    input: addGrid(builder, map, sides, grid),
  });
  const logits = classifier.reduce((input, { name, outputs }, index) => {
    const value = builder.linear(input, name, outputs);
    return index === classifier.length - 1 ? value : builder.relu(value, `${name}.relu`);
  }, flat);
  return builder.graph(inputShape, logits);
}

/** PyTorch's adaptive average pooling, where all of its windows are alike. */
function addGrid(
  builder: GraphBuilder,
  input: string,
  [height, width]: readonly [number, number],
  grid: number,
): string {
  if (height === grid && width === grid) return input;
  // One pixel is the mean of every window over it.
  if (height === 1 && width === 1) {
    return builder.add({ kind: 'resize', name: 'avgpool', input, size: [grid, grid] });
  }
  if (height % grid > 0 || width % grid > 0) {
    throw new CascadeError(
      `A VGG whose last feature map is averaged to ${grid}×${grid} runs on images that leave a multiple of that, and these leave ${height}×${width}; give images of another size.`,
    );
  }
  const kernel = [height / grid, width / grid] as const;
  return builder.add({
    ...{ kind: 'average-pool', name: 'avgpool', input },
    ...{ kernel, stride: kernel, padding: evenPadding(0) },
  });
}
