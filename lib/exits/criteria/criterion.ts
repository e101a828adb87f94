/** What an exit says about one image, as measures of confidence see it. */
export interface ExitOutput {
  /** Logits of one or many images, `classes` values each. */
  readonly logits: ArrayLike<number>;
  /** Where the image's values begin. */
  readonly start: number;
  readonly classes: number;
  /** How many of the likeliest classes count as the prediction: 1, or 5 for top-5 accuracy. */
  readonly top: number;
  /** How many exits in a row, this one the last, predict the same class; 1 where it differs from the exit before. */
  readonly agreeing: number;
}

/** A measure of how sure an exit is of one image: the higher, the surer. Only its order matters to thresholds. */
export type Criterion = (output: ExitOutput) => number;
