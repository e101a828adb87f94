import { CascadeError } from '../../errors.js';
import type { Graph, Shape } from '../graph.js';
import { resnet } from './resnet.js';
import { torchvisionNames } from './resnet-names.js';

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
  /** Where option A puts its zero channels: on both sides by default. */
  readonly zeroChannels?: 'both' | 'end';
  /** How the parameters are called where conventions differ. */
  readonly names?: Partial<ParameterNames>;
}

interface ParameterNames {
  /** Last layer. */
  readonly classifier: string;
  /** Projection of option B; its convolution is `.0`, its normalisation `.1`. */
  readonly projection: string;
}

/**
 * The layer graph of a CIFAR ResNet. Parameters carry the names of the PyTorch implementations (`conv1.weight`,
 * `layer1.0.bn2.running_var`, …).
 *
 * @throws CascadeError if n is below 1.
 */
export function cifarResNet(options: CifarResNet): Graph {
  const {
    inputShape,
    classes,
    blocksPerStage,
    widths = [16, 32, 64],
    shortcut,
    zeroChannels = 'both',
  } = options;
  const { classifier = 'linear', projection = 'shortcut' } = options.names ?? {};
  if (blocksPerStage < 1) throw new CascadeError('A CIFAR ResNet has 6n+2 layers with n of at least 1.');
  return resnet({
    inputShape,
    classes,
    stem: { size: 3, widths: [widths[0]!], downsamples: false, pooled: false },
    block: 'basic',
    bottleneckStride: '3x3',
    stages: widths.map((width) => ({ blocks: blocksPerStage, width, outputWidth: width, groups: 1 })),
    shortcut: shortcut === 'A' ? 'slice' : 'convolution',
    zeroChannels,
    names: torchvisionNames({ classifier, shortcut: projection }),
  });
}
