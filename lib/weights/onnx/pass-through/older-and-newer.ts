import { OPERATOR_NAMES } from '../../../network/operator/operator-names.js';
import { elementCount } from '../../../network/tensor.js';
import { isFloat } from '../constant.js';
import { listed } from '../listed.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import { forOneImage } from '../operators/constants/make-constant.js';
import type { Value } from '../values.js';
import { asInFile } from './as-in-file.js';
import { carried } from './carried.js';
import { emit, type Made, madeValue, type Part } from './emit.js';
import { within32 } from './whole-numbers.js';

/** Identity, Dropout, and Cast from one floating-point type to another: the network has float32 throughout. */
export function unchanged(operation: Operation): Value {
  if (operation.node.opType === 'Cast' && !isFloat(operation.integer('to', 0)))
    throw operation.refusal('rounds values that depend on the image, which cascade does not run');
  return operation.operand(0);
}

/** Clip, its bounds attributes before version 11. */
export function clip(operation: Operation, builder: NetworkBuilder): Value {
  const bound = (name: string): Part =>
    operation.has(name) ? { shape: [], data: Float32Array.of(operation.real(name, 0)) } : undefined;
  if (!operation.has('min') && !operation.has('max')) return carried(operation, builder, 'Clip');
  const parts = [asInFile(operation, builder, operation.operand(0)), bound('min'), bound('max')];
  return madeValue(builder, emit(operation, builder, operation.output, 'Clip', parts));
}

/** Pad, its pads an attribute before version 11, and of some axes alone from 18 on. */
export function pad(operation: Operation, builder: NetworkBuilder): Made {
  const name = asInFile(operation, builder, operation.operand(0));
  const { length: rank } = builder.batchedShape(name)!.sizes;
  const axes = operation.axes('axes', 3, rank) ?? Array.from({ length: rank }, (_, axis) => axis);
  const pads = operation.indices('pads', 1) ?? [];
  if (pads.length !== 2 * axes.length)
    throw operation.refusal(`has ${pads.length} pads for ${axes.length} axes; get the file again`);
  const all = new Array<number>(2 * rank).fill(0);
  axes.forEach((axis, index) => {
    all[axis] = within32(pads[index]!);
    all[rank + axis] = within32(pads[axes.length + index]!);
  });
  const filling = operation.optionalWeight(2)?.data[0] ?? operation.real('value', 0);
  const value = filling === 0 ? undefined : { shape: [], data: Float32Array.of(filling) };
  const mode = operation.text('mode', 'constant');
  const parts = [name, { integers: all }, value];
  return madeValue(builder, emit(operation, builder, operation.output, 'Pad', parts, { mode }));
}

/** Means, sums and the like along axes that are an attribute or an input, by operator and version. */
export function reduce(operation: Operation, builder: NetworkBuilder): Made {
  const name = asInFile(operation, builder, operation.operand(0));
  const { length: rank } = builder.batchedShape(name)!.sizes;
  const axes = operation.axes('axes', 1, rank) ?? [];
  const operator = OPERATOR_NAMES.find((each) => each === operation.node.opType)!;
  const keepdims = operation.integer('keepdims', 1);
  const isInput = operator === 'ReduceSum';
  const parts = isInput ? [name, { integers: axes }] : [name];
  const attributes = isInput ? { keepdims } : { keepdims, axes };
  return madeValue(builder, emit(operation, builder, operation.output, operator, parts, attributes));
}

/** Softmax and LogSoftmax, which went over all axes from one on before version 13. */
export function softmax(operation: Operation, builder: NetworkBuilder): Made {
  const name = asInFile(operation, builder, operation.operand(0));
  const { sizes } = builder.batchedShape(name)!;
  const isOld = operation.opset < 13;
  const axis = operation.axis(operation.integer('axis', isOld ? 1 : -1), sizes.length);
  if (isOld && elementCount(sizes.slice(axis + 1)) !== 1)
    throw operation.refusal(
      'goes over several axes together, which cascade does not run; export it for version 13 or newer',
    );
  const operator = operation.node.opType === 'LogSoftmax' ? 'LogSoftmax' : 'Softmax';
  return madeValue(builder, emit(operation, builder, operation.output, operator, [name], { axis }));
}

/** Expand of a value, by a product with ones. */
export function spread(operation: Operation, builder: NetworkBuilder): Made {
  const name = asInFile(operation, builder, operation.operand(0));
  const { sizes, axis } = builder.batchedShape(name)!;
  const wanted = (operation.indices('shape', 1) ?? []).map(forOneImage);
  const images = axis + wanted.length - sizes.length;
  const isOpen = wanted[images] === sizes[axis] || wanted[images] === 1 || images < 0;
  if (!isOpen)
    throw operation.refusal(
      `spreads a value to the shape ${listed(wanted)}, which would mix the images of a batch`,
    );
  const shape = images < 0 ? wanted : wanted.with(images, 1);
  operation.makes(elementCount(shape));
  const ones = { shape, data: new Float32Array(elementCount(shape)).fill(1) };
  return madeValue(builder, emit(operation, builder, operation.output, 'Mul', [name, ones]));
}

/** Sum of any number of values. */
export function sumOf(operation: Operation, builder: NetworkBuilder): Made {
  const [first, ...others] = operation.operands.map(
    (operand, index): Part =>
      operand?.kind === 'constant'
        ? operation.weight(index)
        : asInFile(operation, builder, operation.operand(index)),
  );
  let sum = first;
  others.forEach((part, index) => {
    const name = index === others.length - 1 ? operation.output : `${operation.output}/sum-${index}`;
    sum = emit(operation, builder, name, 'Add', [sum, part]);
  });
  if (typeof sum !== 'string') throw operation.refusal('sums up constants alone; export the model again');
  return madeValue(builder, sum);
}
