import { isFloat, isPixelType } from '../constant.js';
import type { Operation } from '../operation.js';
import { type Activation, channelAxis, type Movable, type Value } from '../values.js';

/** Identity, also of a softmax at the end. */
export function identity(operation: Operation): Value {
  return operation.operand(0);
}

/** Dropout, which does nothing at inference. */
export function dropout(operation: Operation): Movable {
  return operation.movable(0);
}

/** Cast from whole numbers or one floating-point type to another: the network has float32 throughout. */
export function cast(operation: Operation): Movable {
  const value = operation.movable(0);
  const to = operation.integer('to', 0);
  if (value.kind === 'image' && value.isWhole) {
    if (isPixelType(to)) return value;
    const { isWhole: _, ...real } = value;
    if (isFloat(to)) return real;
  }
  if (!isFloat(to)) {
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
  const operator = operation.node.opType === 'LogSoftmax' ? 'LogSoftmax' : 'Softmax';
  return { ...value, softmax: { node: operation.node.name || operation.output, operator } };
}
