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
  readonly transition?: LayerNames & {
    readonly name: string;
    readonly width: number;
    /** Whether a ReLU stands behind its normalisation. */
    readonly isActivated: boolean;
  };
}

/** DenseNet-BC (Huang et al. 2017, arXiv 1608.06993) as torchvision builds it, and as others do for small images. */
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
  readonly names: {
    /** Without a normalisation nothing stands between its convolution and the first dense layer. */
    readonly stem: Pick<LayerNames, 'convolution'> & Partial<LayerNames>;
    /** The normalisation behind the last stage. */
    readonly end: string;
    readonly classifier: string;
    /** Whether a layer's channels come before those of its input, not behind them. */
    readonly isNewFirst?: boolean;
  };
}

/** The layer graph of a DenseNet. */
export function densenet({ inputShape, classes, stem, stages, names }: DenseNet): Graph {
  const builder = new GraphBuilder();
  let value = addStem(builder, stem, names.stem);
  for (const { layers, transition } of stages) {
    for (const layer of layers) value = addLayer(builder, value, layer, names);
    if (transition !== undefined) value = addTransition(builder, value, transition);
  }
  const end = builder.relu(builder.batchNormalization(value, names.end), `${names.end}.relu`);
  return builder.graph(inputShape, builder.classifier(end, names.classifier, classes));
}

function addStem(
  builder: GraphBuilder,
  { width, size, pooled }: DenseNet['stem'],
  { convolution, normalization }: DenseNet['names']['stem'],
): string {
  const filtered = builder.convolution(builder.input, convolution, {
    ...{ outputChannels: width, size, stride: size === 7 ? 2 : 1 },
  });
  if (normalization === undefined) return filtered;
  const active = builder.relu(builder.batchNormalization(filtered, normalization), `${normalization}.relu`);
  if (!pooled) return active;
  return builder.add({
    ...{ kind: 'max-pool', name: `${convolution}.pool`, input: active },
    ...{ kernel: [3, 3], stride: [2, 2], padding: evenPadding(1) },
  });
}

function addLayer(
  builder: GraphBuilder,
  input: string,
  { block, width, growth, layers }: DenseLayer,
  { isNewFirst = false }: DenseNet['names'],
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
    inputs: isNewFirst ? [added, input] : [input, added],
    attributes: { axis: 1 },
  });
}

function addTransition(
  builder: GraphBuilder,
  input: string,
  { name, width, convolution, normalization, isActivated }: NonNullable<DenseStage['transition']>,
): string {
  const normalized = builder.batchNormalization(input, normalization);
  const active = isActivated ? builder.relu(normalized, `${name}.relu`) : normalized;
  return builder.add({
    ...{ kind: 'average-pool', name: `${name}.pool` },
    input: builder.convolution(active, convolution, { outputChannels: width, size: 1 }),
    ...{ kernel: [2, 2], stride: [2, 2], padding: evenPadding(0) },
  });
}
