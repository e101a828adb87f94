/** A point of the picture: x is the share of the full network's cost, y the accuracy, both in percent. */
export interface PicturePoint {
  readonly run: string;
  readonly method: string;
  readonly cost_percent: number;
  readonly accuracy_percent: number;
  /** Lines of text; empty where the point stands without a text. */
  readonly label: readonly string[];
}

/** A point of a front; points of equal `line` are joined. */
export interface FrontPoint extends PicturePoint {
  readonly line: string;
}

/** A chosen operating point, with the accuracies at the two ends of its drop's interval where it has one. */
export interface OperatingPoint extends PicturePoint {
  readonly low_percent: number | null;
  readonly high_percent: number | null;
}

/** A whole network; `figures` are its accuracy and cost in words: "93.4 %, 125.5 M MACs". */
export interface FullNetwork extends PicturePoint {
  readonly figures: string;
}
