import type { Graph, Shape } from '../graph.js';
import { evenPadding, GraphBuilder } from '../graph-builder.js';
import type { LayerNames } from './layer-names.js';
import type { ResNetNames } from './resnet-names.js';

/** The layers before the first block. */
export interface Stem {
  /** Rows and columns of each convolution's window. */
  readonly size: number;
  /** Output channels of its convolutions; none where blocks come first. */
  readonly widths: readonly number[];
  /** Whether its first convolution has stride 2, as for ImageNet. */
  readonly downsamples: boolean;
  /** Whether a 3×3 max-pool of stride 2 ends it, as for ImageNet. */
  readonly pooled: boolean;
}

/** Residual blocks on feature maps of one size. */
export interface Stage {
  readonly blocks: number;
  /** Channels inside a block's residual branch. */
  readonly width: number;
  /** Channels that a block puts out. */
  readonly outputWidth: number;
  /** Groups of a bottleneck's 3×3 convolutions; 1 but for ResNeXt. */
  readonly groups: number;
  /** Stride of its first block; 2 for all but the first stage when left out. */
  readonly stride?: number;
}

/**
 * What a block's input passes where its shape is not that of the output.
 *
 * - `slice`: every second pixel, channels padded with zeros ("option A").
 * - `convolution`: a 1×1 convolution with stride ("option B").
 * - `average-pool`: a 2×2 mean in place of the stride, then a 1×1 convolution (ResNet-D, arXiv 1812.01187). It rounds sizes up.
 */
export type ShortcutKind = 'slice' | 'convolution' | 'average-pool';

/** A residual network as in He et al. 2016 (arXiv 1512.03385), or one of its wide, grouped (ResNeXt) and deep-stem relatives. */
export interface ResNet {
  /** `[channels, height, width]` of an image. */
  readonly inputShape: Shape;
  readonly classes: number;
  readonly stem: Stem;
  /** `basic`: two 3×3 convolutions; `bottleneck`: 1×1, 3×3 and 1×1. */
  readonly block: 'basic' | 'bottleneck';
  readonly stages: readonly Stage[];
  /** The convolution of a bottleneck that has its stride: the 3×3 ("v1.5"), or the first 1×1 as in the paper. */
  readonly bottleneckStride: '3x3' | '1x1';
  readonly shortcut: ShortcutKind;
  /** Where a `slice` puts its zero channels: before and behind those that are there (the default), or all behind them. */
  readonly zeroChannels?: 'both' | 'end';
  readonly names: ResNetNames;
}

/**
 * The layer graph of a residual network. torchvision, timm and transformers put the stride of a bottleneck on its 3×3 convolution;
 * weights do not tell it from the paper's, on the first 1×1.
 */
export function resnet(options: ResNet): Graph {
  const { inputShape, classes, stages, names } = options;
  const builder = new GraphBuilder();
  let value = addStem(builder, options);
  let channels = options.stem.widths.at(-1) ?? inputShape[0]!;
  stages.forEach((stage, index) => {
    for (let position = 0; position < stage.blocks; position++) {
      const stride = position > 0 ? 1 : (stage.stride ?? (index > 0 ? 2 : 1));
      const block = names.block(index, position);
      value = addBlock(builder, options, { stage, block, input: value, channels, stride });
      channels = stage.outputWidth;
    }
  });
  return builder.graph(inputShape, builder.classifier(value, names.classifier, classes));
}

function addStem(builder: GraphBuilder, { stem, names }: ResNet): string {
  const { size, widths, downsamples, pooled } = stem;
  const value = widths.reduce((input, outputChannels, index) => {
    const stride = downsamples && index === 0 ? 2 : 1;
    return builder.relu(
      normalized(builder, input, names.stem[index]!, { outputChannels, size, stride }),
      `relu${index + 1}`,
    );
  }, builder.input);
  if (!pooled) return value;
  return builder.add({
    kind: 'max-pool',
    name: 'maxpool',
    input: value,
    kernel: [3, 3],
    stride: [2, 2],
    padding: evenPadding(1),
  });
}

/** One block, its place and what it reads. */
interface Block {
  readonly stage: Stage;
  readonly block: string;
  readonly input: string;
  /** Channels of the input. */
  readonly channels: number;
  readonly stride: number;
}

function addBlock(builder: GraphBuilder, options: ResNet, place: Block): string {
  const { stage, block, input, stride } = place;
  const { width, outputWidth, groups } = stage;
  const isFirst = options.bottleneckStride === '1x1';
  const layers =
    options.block === 'basic'
      ? [
          { outputChannels: width, size: 3, stride },
          { outputChannels: outputWidth, size: 3 },
        ]
      : [
          { outputChannels: width, size: 1, stride: isFirst ? stride : 1 },
          { outputChannels: width, size: 3, stride: isFirst ? 1 : stride, groups },
          { outputChannels: outputWidth, size: 1 },
        ];
  const residual = layers.reduce((value, layer, index) => {
    const rectified = index === 0 ? value : builder.relu(value, `${block}.relu${index}`);
    return normalized(builder, rectified, options.names.layer(block, index), layer);
  }, input);
  const bypass = addShortcut(builder, options, place);
  const sum = builder.add({ kind: 'add', name: `${block}.add`, inputs: [residual, bypass] });
  return builder.relu(sum, `${block}.relu${layers.length}`);
}

function addShortcut(builder: GraphBuilder, { shortcut, zeroChannels, names }: ResNet, place: Block): string {
  const { stage, block, input, channels, stride } = place;
  const { outputWidth } = stage;
  if (stride === 1 && channels === outputWidth) return input;
  const name = names.shortcut(block);
  if (shortcut === 'slice') {
    const sliced = builder.add({
      kind: 'strided-slice',
      name: `${name}.slice`,
      input,
      stride: [stride, stride],
    });
    const before = zeroChannels === 'end' ? 0 : Math.floor((outputWidth - channels) / 2);
    const after = outputWidth - channels - before;
    return builder.add({ kind: 'pad-channels', name: `${name}.pad`, input: sliced, before, after });
  }
  const projection = { outputChannels: outputWidth, size: 1 };
  if (shortcut === 'convolution' || stride === 1) {
    return normalized(builder, input, names.projection(block), { ...projection, stride });
  }
  const pooled = builder.add({
    kind: 'average-pool',
    name: `${name}.pool`,
    input,
    kernel: [2, 2],
    stride: [2, 2],
    // A window over the edge of an odd size takes the mean of what is there; an even size never reaches the padding.
    padding: { top: 0, bottom: 1, left: 0, right: 1 },
  });
  return normalized(builder, pooled, names.projection(block), projection);
}

function normalized(
  builder: GraphBuilder,
  input: string,
  { convolution, normalization }: LayerNames,
  options: Parameters<GraphBuilder['convolution']>[2],
): string {
  return builder.batchNormalization(builder.convolution(input, convolution, options), normalization);
}
