import { descendingOrder } from '../reliability.js';

/** Images by confidence, the surest first; equal confidences form one group, since no threshold can part them. */
export interface ConfidenceGroups {
  /** Images, the surest first. */
  readonly order: Uint32Array;
  /** The group of each image, counted from the surest. */
  readonly groupOf: Uint32Array;
  /** The confidence of each group, descending. */
  readonly confidence: readonly number[];
}

export function confidenceGroups(confidence: Float64Array): ConfidenceGroups {
  const order = descendingOrder(confidence);
  const groupOf = new Uint32Array(order.length);
  const values: number[] = [];
  for (const image of order) {
    if (values.at(-1) !== confidence[image]) values.push(confidence[image]!);
    groupOf[image] = values.length - 1;
  }
  return { order, groupOf, confidence: values };
}
