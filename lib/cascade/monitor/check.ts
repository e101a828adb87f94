/** What came of an image that was chosen to be checked. */
export interface Check {
  /** Whether the full network was run for it, beside the cascade. */
  readonly ranFull: boolean;
  /** Whether cascade and full network take it for something else. */
  readonly disagrees: boolean;
  /** What the full network says, a value a class, where it was run beside. */
  readonly logits?: Float32Array;
}

/** Who chooses which images of a stream are checked, and is told what comes of each. */
export interface Checks {
  /** Whether the next image that comes in is to be checked; asked once for each. */
  chooses(): boolean;
  /** Takes the images of the stream in their order; undefined for one that was not chosen. */
  observe(check: Check | undefined): void;
  /** Called after every batch, where observations may be kept. */
  save?(): Promise<void>;
  /** Called when no more images come. */
  close?(): Promise<void>;
}
