/** Images that are sent in together. */
export interface Batch {
  /** Pixels, one image after another. */
  readonly images: Uint8Array;
  /** Their numbers from 0. */
  readonly numbers: readonly number[];
}

/** Cuts images into batches; the last may be smaller. @param imageBytes of one. */
export function batchesOf(
  pixels: Uint8Array,
  count: number,
  batchSize: number,
  imageBytes: number,
): readonly Batch[] {
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, batch) => {
    const first = batch * batchSize;
    const size = Math.min(batchSize, count - first);
    return {
      images: pixels.slice(first * imageBytes, (first + size) * imageBytes),
      numbers: Array.from({ length: size }, (__, index) => first + index),
    };
  });
}
