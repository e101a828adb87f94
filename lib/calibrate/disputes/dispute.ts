/** What a cascade predicts for an image at neighbouring candidates of a path, other than the full network. */
export interface OtherPrediction {
  /** The first of these candidates, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** The classes that count as predicted: one, or the k likeliest, in ascending order. */
  readonly classes: readonly number[];
}

/**
 * An image for which some candidate of a path predicts something else than the full network. Only on such an image can a candidate
 * break or repair anything, so that only its label can change what a test says.
 */
export interface Dispute {
  /** Number of the image. */
  readonly image: number;
  /** The classes that the full network predicts, in ascending order. */
  readonly full: readonly number[];
  /** In the order of the candidates; where none of them stands, the cascade agrees. */
  readonly others: readonly OtherPrediction[];
}

/** The label of an image: the number of its class, or null for one that neither the full network nor any candidate predicts. */
export type Answer = number | null;

/** Labels by the number of the image; of an image that is not among them it is unknown. */
export type Answers = ReadonlyMap<number, Answer>;

/** Classes among which the label of a disputed image decides something, in ascending order. */
export function disputedClasses({ full, others }: Dispute): readonly number[] {
  const all = new Set([...full, ...others.flatMap(({ classes }) => classes)]);
  return [...all].sort((a, b) => a - b);
}
