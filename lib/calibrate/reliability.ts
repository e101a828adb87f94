import type { ExitColumn } from '../exits/exit-table.js';

/**
 * How right an exit is where it is sure: for each confidence δ that occurs, α(δ), the accuracy of its head over all images
 * whose confidence is at least δ. Equal confidences move together.
 */
export interface ReliabilityCurve {
  /** The distinct confidences, ascending. */
  readonly confidence: Float64Array;
  /** α at each of them, a fraction. */
  readonly accuracy: Float64Array;
}

/** The reliability curve of one exit over all recorded images (Berestizshevsky & Even, arXiv 1805.10982, section 3). */
export function reliabilityCurve({ confidence, correct }: ExitColumn): ReliabilityCurve {
  const order = descendingOrder(confidence);
  const distinct: number[] = [];
  const accuracy: number[] = [];
  let right = 0;
  order.forEach((image, position) => {
    right += correct[image]!;
    const next = order[position + 1];
    if (next === undefined || confidence[next]! < confidence[image]!) {
      distinct.push(confidence[image]!);
      accuracy.push(right / (position + 1));
    }
  });
  return {
    confidence: Float64Array.from(distinct.reverse()),
    accuracy: Float64Array.from(accuracy.reverse()),
  };
}

/** Images from the most confident to the least; equals in their own order. */
export function descendingOrder(confidence: Float64Array): Uint32Array {
  return Uint32Array.from(confidence, (_, image) => image).sort(
    (a, b) => confidence[b]! - confidence[a]! || a - b,
  );
}
