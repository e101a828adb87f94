/** A split of a data set: images that are read by number, never held as a whole, and their labels. */
export interface ImageSource {
  /** E.g. `cifar10/test`. */
  readonly name: string;
  readonly count: number;
  readonly shape: readonly [channels: number, height: number, width: number];
  /** The class of each image. */
  readonly labels: Uint16Array;
  /** What to tell its user of how files and labels were understood, a sentence each. */
  readonly notes?: readonly string[];
  /**
   * Reads images as pixels 0 … 255, channel-first, one after another from the start of `into`.
   *
   * @throws CascadeError if the file cannot be read.
   */
  readImages(indices: ArrayLike<number>, into: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
