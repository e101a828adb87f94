import type { BatchedShape } from './batched-shape.js';
import type { OperatorCall } from './operator-call.js';

/** Types of attributes, as ONNX has them. */
export type AttributeType = 'integer' | 'integers' | 'real' | 'text';

/** What is known of an operator. */
export interface OperatorRule {
  readonly attributes?: Readonly<Record<string, AttributeType>>;
  /** Every number of its value is a function of those at the same place alone. */
  readonly isElementwise?: true;
  /** Inputs that are whole numbers. */
  readonly integerInputs?: readonly number[];
  /** @throws CascadeError if what it reads does not fit it, or it would mix the images of a batch. */
  readonly shape: (call: OperatorCall) => BatchedShape;
  /** Multiply-accumulates for one image; none where left out. @param output as `shape` gives it. */
  readonly macs?: (call: OperatorCall, output: BatchedShape) => number;
}
