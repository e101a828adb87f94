import { elementCount } from '../../../network/tensor.js';
import { listed } from '../listed.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import {
  type Activation,
  type Constant,
  channelAxis,
  fileShape,
  inNetworkOrder,
  type Value,
} from '../values.js';
import { affine, scaledBy } from './scale.js';

/** Largest float32 and half: what exporters write where nothing is cut off. */
const NO_LIMIT = [3.4028234663852886e38, 65504, Number.POSITIVE_INFINITY];

/** Relu. */
export function relu(operation: Operation, builder: NetworkBuilder): Activation {
  return addUnary(operation, builder, 'relu');
}

/** Clip, as far as it is ReLU or ReLU6. */
export function clip(operation: Operation, builder: NetworkBuilder): Activation {
  const limit = (name: string, input: number, otherwise: number): number =>
    operation.optionalConstant(input)?.data[0] ?? operation.real(name, otherwise);
  const least = limit('min', 1, Number.NEGATIVE_INFINITY);
  const most = limit('max', 2, Number.POSITIVE_INFINITY);
  if (least === 0 && most === 6) return addUnary(operation, builder, 'relu6');
  if (least === 0 && NO_LIMIT.includes(most)) return addUnary(operation, builder, 'relu');
  throw operation.refusal(
    `cuts off below ${least} and above ${most}, where cascade only does at 0 and, at most, 6`,
  );
}

function addUnary(operation: Operation, builder: NetworkBuilder, kind: 'relu' | 'relu6'): Activation {
  const value = operation.activation(0);
  builder.add(operation, { kind, name: operation.output, input: value.name });
  return { ...value, name: operation.output };
}

/** BatchNormalization with the statistics of training. */
export function batchNormalization(operation: Operation, builder: NetworkBuilder): Activation {
  const { output: name } = operation;
  const value = operation.activation(0);
  if (operation.integer('training_mode', 0) !== 0 || operation.integer('spatial', 1) === 0) {
    throw operation.refusal(
      'does not normalise channels by the statistics of training; export the network for inference',
    );
  }
  if (channelAxis(value) !== 0) {
    throw operation.refusal('normalises rows or columns instead of channels, which cascade does not run');
  }
  const names = ['scale', 'shift', 'mean', 'variance'] as const;
  const parameters = names.map((parameter, index) => {
    const { shape, data } = operation.weight(index + 1);
    return [`${name}/${parameter}`, { shape, data: inNetworkOrder(data, value) }] as const;
  });
  const [scale, shift, mean, variance] = parameters.map(([parameter]) => parameter) as [
    string,
    string,
    string,
    string,
  ];
  const epsilon = operation.real('epsilon', 1e-5);
  builder.add(
    operation,
    { kind: 'batch-normalization', name, input: value.name, epsilon, scale, shift, mean, variance },
    Object.fromEntries(parameters),
  );
  return { ...value, name };
}

/** Add of two values, or of a value and a constant a channel. */
export function add(operation: Operation, builder: NetworkBuilder): Activation {
  const [first, second] = [operation.operand(0), operation.operand(1)];
  if (first.kind !== 'constant' && second.kind !== 'constant') return sum(operation, builder);
  const [value, constant] = parted(operation);
  return affine(operation, builder, value, ones(operation, value), perChannel(operation, constant, value));
}

/** Sum of one or two values. */
export function sumOf(operation: Operation, builder: NetworkBuilder): Value {
  if (operation.operands.length > 2) {
    throw operation.refusal(`sums up ${operation.operands.length} values, where cascade takes two`);
  }
  return operation.operands.length === 1 ? operation.operand(0) : add(operation, builder);
}

function sum(operation: Operation, builder: NetworkBuilder): Activation {
  const [first, second] = [operation.activation(0), operation.activation(1)];
  const hasSameOrder =
    first.kind === 'image' || second.kind === 'image'
      ? first.kind === second.kind && axesOf(first) === axesOf(second)
      : first.order?.join() === second.order?.join();
  if (fileShape(first).join() !== fileShape(second).join() || !hasSameOrder) {
    throw operation.refusal(
      `adds values of the shapes ${listed(fileShape(first))} and ${listed(fileShape(second))}, where cascade needs the same`,
    );
  }
  const { output: name } = operation;
  builder.add(operation, { kind: 'add', name, inputs: [first.name, second.name] });
  return { ...first, name };
}

function axesOf(value: Activation): string {
  return value.kind === 'image' ? value.axes.join() : '';
}

/** Sub: a constant a channel from a value, or the other way round. */
export function sub(operation: Operation, builder: NetworkBuilder): Activation {
  const [value, constant] = parted(operation);
  const numbers = perChannel(operation, constant, value);
  return operation.operand(0) === value
    ? affine(
        operation,
        builder,
        value,
        ones(operation, value),
        numbers.map((number) => -number),
      )
    : affine(operation, builder, value, ones(operation, value).fill(-1), numbers);
}

/** Mul by a constant a channel. */
export function mul(operation: Operation, builder: NetworkBuilder): Activation {
  const [value, constant] = parted(operation);
  return scaledBy(operation, builder, value, perChannel(operation, constant, value));
}

/** Div by a constant a channel. */
export function div(operation: Operation, builder: NetworkBuilder): Activation {
  const [value, constant] = parted(operation);
  if (operation.operand(0) === constant || constant.data.includes(0)) {
    throw operation.refusal('divides by a value or by zero, where cascade needs a constant');
  }
  const inverses = perChannel(operation, constant, value).map((number) => 1 / number);
  return scaledBy(operation, builder, value, inverses);
}

/** The operand that depends on the image and the one that does not. */
function parted(operation: Operation): readonly [Activation, Constant] {
  if (operation.operand(0).kind === 'constant') return [operation.activation(1), operation.weight(0)];
  const value = operation.activation(0);
  if (operation.operand(1).kind !== 'constant') {
    throw operation.refusal('takes two values that depend on the image, of which cascade only adds some');
  }
  return [value, operation.weight(1)];
}

function ones(operation: Operation, value: Activation): Float32Array {
  const channels = value.kind === 'image' ? value.shape[0] : value.features;
  operation.makes(channels);
  return new Float32Array(channels).fill(1);
}

/** A constant as one number a channel, in the order of the network's, by the rules of broadcasting. */
function perChannel(operation: Operation, { shape, data }: Constant, value: Activation): Float32Array {
  const sizes = fileShape(value);
  const axis = channelAxis(value);
  const channels = ones(operation, value);
  const fitsRank = shape.length <= sizes.length + 1;
  if (fitsRank && elementCount(shape) === 1) return channels.fill(data[0]!);
  // Counted from the last axis, since missing ones are those in front.
  const place = shape.length - sizes.length + axis;
  if (!fitsRank || !shape.every((size, index) => size === (index === place ? channels.length : 1))) {
    throw operation.refusal(
      `has a constant of the shape ${listed(shape)} for values of ${listed(sizes)}, where cascade takes one number a channel`,
    );
  }
  return inNetworkOrder(data, value);
}
