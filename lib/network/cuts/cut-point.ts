import type { Shape } from '../graph.js';

/** A value through which everything passes: a place for an exit. */
export interface CutPoint {
  /** Residual block, or place where the network has no such blocks; counted from 0. */
  readonly block: number;
  /** Name of the value. */
  readonly value: string;
  /** `[channels, height, width]` of a feature map, `[tokens, width]` of a sequence, `[features]` of a vector. */
  readonly shape: Shape;
  /** The channels of a feature map, or the width of tokens, stand last. */
  readonly channelsLast?: true;
  /** What the network itself calls the part that ends here, e.g. `features.denseblock2`, where its file tells. */
  readonly scope?: string;
  /** Multiply-accumulates of the backbone up to and including this value, for one image. */
  readonly macs: number;
}
