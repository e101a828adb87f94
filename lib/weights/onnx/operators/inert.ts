import { isFloat } from '../constant.js';
import type { Operation } from '../operation.js';
import { type Activation, channelAxis, type Value } from '../values.js';

/** Identity, also of a softmax at the end. */
export function identity(operation: Operation): Value {
  return operation.operand(0);
}

/** Dropout, which does nothing at inference. */
export function dropout(operation: Operation): Activation {
  return operation.activation(0);
}

/** Cast from one floating-point type to another: the network has float32 throughout. */
export function cast(operation: Operation): Activation {
  const value = operation.activation(0);
  if (!isFloat(operation.integer('to', 0))) {
    throw operation.refusal('rounds values that depend on the image, which cascade does not run');
  }
  return value;
}

/** Softmax or LogSoftmax over the classes, left out: the network is run for its logits. */
export function softmax(operation: Operation): Activation {
  const value = operation.activation(0);
  if (value.kind === 'image') {
    throw operation.refusal('stands inside the network, where cascade only takes one at the end');
  }
  const axis = operation.integer('axis', operation.opset >= 13 ? -1 : 1);
  if (operation.axis(axis, value.shape.length + 1) !== channelAxis(value) + 1) {
    throw operation.refusal('does not go over the classes, which cascade does not run');
  }
  return { ...value, softmax: operation.node.name || operation.output };
}
