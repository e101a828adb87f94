/** Images that probes are fitted on and judged on together, at most. */
const MOST_IMAGES = 6000;

/** Share of them that no probe is fitted on. */
const JUDGED_SHARE = 1 / 3;

/** The images of a probing, of those that heads are to be fitted on: the first ones, in their random order. */
export function rowsToProbe(rows: Uint32Array): Uint32Array {
  return rows.subarray(0, MOST_IMAGES);
}

/** How many of the images of a probing, the first ones, are judged on. */
export function judgedCount(images: number): number {
  return Math.round(JUDGED_SHARE * images);
}
