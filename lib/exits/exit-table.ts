/** What one exit says about each image. */
export interface ExitColumn {
  /** Confidence of the exit in its prediction, an image each; the higher, the surer. */
  readonly confidence: Float64Array;
  /** 1 where the exit's prediction is right, else 0. */
  readonly correct: Uint8Array;
}

/** Multiply-accumulates for one image; an exit's heads are billed to every image that visits them. */
export interface ExitCosts {
  /** MACs of the backbone up to each exit's cut point. */
  readonly backboneMacs: readonly number[];
  /** MACs of each exit's head. */
  readonly headMacs: readonly number[];
  /** MACs of the whole backbone, its own classifier included, no head. */
  readonly fullMacs: number;
}

/** Everything that choosing thresholds needs of recorded outputs: decisions are replayed from it, no network is run. */
export interface ExitTable {
  readonly images: number;
  /** From the first exit to the last; the backbone's own classifier is not among them. */
  readonly exits: readonly ExitColumn[];
  /** 1 where the full network is right, else 0. */
  readonly fullCorrect: Uint8Array;
  readonly costs: ExitCosts;
}
