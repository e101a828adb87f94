import type { DecisionRule } from '../exits/decision-rule.js';

/** Where an image left and what it was taken for. */
export interface RoutedImage {
  /** As it was given to `push`. */
  readonly image: number;
  /** Position of the exit; the number of exits stands for the full network. */
  readonly exit: number;
  readonly prediction: number;
  /** Softmax of what counted for the decision, at the prediction; a fraction. */
  readonly probability: number;
}

/** A cascade that really stops: what lies behind the exit by which an image leaves is never run for it. */
export interface Router {
  /**
   * Sends images in. Some may be kept until others fill a batch of the next segment with them.
   *
   * @param images at most `batchSize` of them, one after another: channels, rows, columns.
   * @param numbers one an image, by which `onImage` names it.
   */
  push(images: Uint8Array, numbers: ArrayLike<number>): Promise<void>;
  /** Runs the rest of the network for the images that are still inside. */
  flush(): Promise<void>;
  dispose(): Promise<void>;
}

export interface RouterOptions {
  readonly rule: DecisionRule;
  /** Images that are computed at once; with 1 every image is through when `push` returns. */
  readonly batchSize: number;
  /** Told of every image that leaves, in the order in which they do. */
  readonly onImage: (routed: RoutedImage) => void;
}
