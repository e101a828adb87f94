import type { Graph, Shape } from '../graph.js';
import { evenPadding, GraphBuilder } from '../graph-builder.js';
import type { LayerNames } from './layer-names.js';

/** A layer of a dense block: its input is normalised, narrowed by a 1×1 convolution, and gets the output of a 3×3 one put beside it. */
export interface DenseLayer {
  readonly block: string;
  /** Channels between its two convolutions. */
  readonly width: number;
  /** Channels that it adds. */
  readonly growth: number;
  readonly layers: readonly [LayerNames, LayerNames];
}

/** Dense layers on feature maps of one size, and behind all but the last such stage what halves height and width. */
export interface DenseStage {
  readonly layers: readonly DenseLayer[];
  readonly transition?: { readonly name: string; readonly width: number };
}

/** DenseNet-BC (Huang et al. 2017, arXiv 1608.06993) as torchvision builds it. */
export interface DenseNet {
  /** `[channels, height, width]` of an image. */
  readonly inputShape: Shape;
  readonly classes: number;
  readonly stem: {
    readonly width: number;
    /** Rows and columns of its window: 7, with stride 2, for ImageNet; 3, with stride 1, for small images. */
    readonly size: 7 | 3;
    readonly pooled: boolean;
  };
  readonly stages: readonly DenseStage[];
}

/** The layer graph of a DenseNet, its parameters named as in torchvision. */
export function densenet({ inputShape, classes, stem, stages }: DenseNet): Graph {
  const builder = new GraphBuilder();
  const { width, size, pooled } = stem;
  const first = builder.convolution(builder.input, 'features.conv0', {
    ...{ outputChannels: width, size, stride: size === 7 ? 2 : 1 },
  });
  let value = builder.relu(builder.batchNormalization(first, 'features.norm0'), 'features.relu0');
  if (pooled) {
    value = builder.add({
      ...{ kind: 'max-pool', name: 'features.pool0', input: value },
      ...{ kernel: [3, 3], stride: [2, 2], padding: evenPadding(1) },
    });
  }
  for (const { layers, transition } of stages) {
    for (const layer of layers) value = addLayer(builder, value, layer);
    if (transition !== undefined) value = addTransition(builder, value, transition);
  }
  const end = builder.relu(builder.batchNormalization(value, 'features.norm5'), 'relu5');
  return builder.graph(inputShape, builder.classifier(end, 'classifier', classes));
}

function addLayer(
  builder: GraphBuilder,
  input: string,
  { block, width, growth, layers }: DenseLayer,
): string {
  const convolutions = [
    { outputChannels: width, size: 1 },
    { outputChannels: growth, size: 3 },
  ];
  const added = layers.reduce((value, { normalization, convolution }, index) => {
    const normalized = builder.batchNormalization(value, normalization);
    const active = builder.relu(normalized, `${block}.relu${index + 1}`);
    return builder.convolution(active, convolution, convolutions[index]!);
  }, input);
  return builder.add({
    ...{ kind: 'operator', operator: 'Concat', name: `${block}.concat` },
    inputs: [input, added],
    attributes: { axis: 1 },
  });
}

function addTransition(
  builder: GraphBuilder,
  input: string,
  { name, width }: NonNullable<DenseStage['transition']>,
): string {
  const active = builder.relu(builder.batchNormalization(input, `${name}.norm`), `${name}.relu`);
  return builder.add({
    ...{ kind: 'average-pool', name: `${name}.pool` },
    input: builder.convolution(active, `${name}.conv`, { outputChannels: width, size: 1 }),
    ...{ kernel: [2, 2], stride: [2, 2], padding: evenPadding(0) },
  });
}
