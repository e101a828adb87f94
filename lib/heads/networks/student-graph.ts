import { grouped } from '../../counted.js';
import { CascadeError } from '../../errors.js';
import { resnet } from '../../network/architectures/resnet.js';
import { torchvisionNames } from '../../network/architectures/resnet-names.js';
import type { Graph, Shape } from '../../network/graph.js';
import { totalMacs } from '../../network/macs.js';

/** A student: a small residual network of its own that stands before the backbone. */
export interface StudentOptions {
  /** `[channels, height, width]` of an image. */
  readonly inputShape: Shape;
  readonly classes: number;
  /** Channels of its first stage; the other two have twice and four times as many. */
  readonly width: number;
}

/** The longer side up to which a stem that halves an image is enough; of larger ones a pool halves it once more. */
const LARGEST_UNPOOLED = 64;

/** Widths differ by so many channels, which engines compute together. */
const WIDTH_STEP = 4;

/** A 3×3 convolution that halves the image, three residual blocks, the last two of which halve it again, and a linear layer. */
export function studentGraph({ inputShape, classes, width }: StudentOptions): Graph {
  const [, height, columns] = inputShape as [number, number, number];
  return resnet({
    inputShape,
    classes,
    stem: {
      size: 3,
      widths: [width],
      downsamples: true,
      pooled: Math.max(height, columns) > LARGEST_UNPOOLED,
    },
    block: 'basic',
    bottleneckStride: '3x3',
    stages: [1, 2, 4].map((times) => ({
      blocks: 1,
      width: times * width,
      outputWidth: times * width,
      groups: 1,
    })),
    shortcut: 'convolution',
    names: torchvisionNames({ classifier: 'fc', shortcut: 'downsample' }),
  });
}

/**
 * The widest student that takes no more than so many multiply-accumulates.
 *
 * @throws CascadeError if the narrowest takes more.
 */
export function studentWithin(macs: number, options: Omit<StudentOptions, 'width'>): Graph {
  let fitting: Graph | undefined;
  for (let width = WIDTH_STEP; ; width += WIDTH_STEP) {
    const graph = studentGraph({ ...options, width });
    if (totalMacs(graph) > macs) break;
    fitting = graph;
  }
  if (fitting === undefined) {
    const least = totalMacs(studentGraph({ ...options, width: WIDTH_STEP }));
    throw new CascadeError(
      `A student takes at least ${grouped(least)} multiply-accumulates, and ${grouped(Math.floor(macs))} are allowed; give it a larger share of the network's.`,
    );
  }
  return fitting;
}
