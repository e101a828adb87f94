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
  /**
   * Whether all but the last of these are convolutions, the first with a window of the grid, that run over a larger feature map, their
   * results being averaged: timm's way. Otherwise every feature map is averaged to the grid first: torchvision's.
   */
  readonly isConvolutional: boolean;
}

/**
 * The layer graph of a VGG.
 *
 * @throws CascadeError if the last feature map cannot be averaged to the grid in windows of one size.
 */
export function vgg({ inputShape, layers, grid, classifier, isConvolutional }: Vgg): Graph {
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
  const gridSides = sides.map((side) => (isConvolutional ? Math.max(side, grid) : grid)) as [number, number];
  const averaged = addGrid(builder, map, sides, gridSides);
  const hidden = classifier.slice(0, -1);
  const last = classifier.at(-1)!;
  if (isConvolutional) {
    const end = hidden.reduce((input, { name, outputs }, index) => {
      const options = {
        outputChannels: outputs,
        size: index === 0 ? grid : 1,
        padding: evenPadding(0),
        bias: true,
      };
      return builder.relu(builder.convolution(input, name, options), `${name}.relu`);
    }, averaged);
    return builder.graph(inputShape, builder.classifier(end, last.name, last.outputs));
  }
  const end = hidden.reduce(
    (input, { name, outputs }) => builder.relu(builder.linear(input, name, outputs), `${name}.relu`),
    builder.add({ kind: 'flatten', name: 'flatten', input: averaged }),
  );
  return builder.graph(inputShape, builder.linear(end, last.name, last.outputs));
}

/** PyTorch's adaptive average pooling, where all of its windows are alike. */
function addGrid(
  builder: GraphBuilder,
  input: string,
  [height, width]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): string {
  if (height === rows && width === columns) return input;
  // One pixel is the mean of every window over it.
  if (height === 1 && width === 1) {
    return builder.add({ kind: 'resize', name: 'avgpool', input, size: [rows, columns] });
  }
  if (height % rows > 0 || width % columns > 0) {
    throw new CascadeError(
      `A VGG whose last feature map is averaged to ${rows}×${columns} runs on images that leave a multiple of that, and these leave ${height}×${width}; give images of another size.`,
    );
  }
  const kernel = [height / rows, width / columns] as const;
  return builder.add({
    ...{ kind: 'average-pool', name: 'avgpool', input },
    ...{ kernel, stride: kernel, padding: evenPadding(0) },
  });
}
