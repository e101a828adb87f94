import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import {
  type Activation,
  type Constant,
  channelAxis,
  fileShape,
  type ImageAxis,
  type ImageValue,
} from '../values.js';
import { isPadded } from './window.js';

/** Pad with zeros: rows, columns and channels. */
export function pad(operation: Operation, builder: NetworkBuilder): Activation {
  const value = operation.activation(0);
  const rank = fileShape(value).length + 1;
  const axes = operation.axes('axes', 3, rank) ?? Array.from({ length: rank }, (_, axis) => axis);
  const pads = operation.indices('pads', 1) ?? [];
  if (pads.length !== 2 * axes.length) {
    throw operation.refusal(`has ${pads.length} pads for ${axes.length} axes; get the file again`);
  }
  if (pads.every((pixels) => pixels === 0)) return value;
  const before = new Array<number>(rank).fill(0);
  const after = new Array<number>(rank).fill(0);
  axes.forEach((axis, index) => {
    before[axis] = pads[index]!;
    after[axis] = pads[axes.length + index]!;
  });
  const mode = operation.text('mode', 'constant');
  const filling = operation.optionalConstant(2)?.data[0] ?? operation.real('value', 0);
  if (mode !== 'constant' || filling !== 0) {
    throw operation.refusal(
      `pads with something else than zeros (${mode}, ${filling}), which cascade does not run`,
    );
  }
  if (value.kind === 'vector' || before[0] !== 0 || after[0] !== 0 || pads.some((pixels) => pixels < 0)) {
    throw operation.refusal(
      'pads something else than channels, rows and columns, or takes some away, which cascade does not run',
    );
  }
  const pixels = ({ axes }: ImageValue, axis: ImageAxis, counts: readonly number[]): number =>
    counts[axes.indexOf(axis) + 1]!;
  const padding = {
    top: pixels(value, 1, before),
    bottom: pixels(value, 1, after),
    left: pixels(value, 2, before),
    right: pixels(value, 2, after),
  };
  const [channelsBefore, channelsAfter] = [pixels(value, 0, before), pixels(value, 0, after)];
  if (!isPadded(padding)) return padChannels(operation, builder, value, channelsBefore, channelsAfter);
  const { output } = operation;
  const isBoth = channelsBefore + channelsAfter > 0;
  const name = isBoth ? `${output}/padded` : output;
  const shape = builder.add(operation, { kind: 'pad', name, input: value.name, padding });
  const padded: ImageValue = { ...value, name, shape: shape as [number, number, number] };
  return isBoth ? padChannels(operation, builder, padded, channelsBefore, channelsAfter) : padded;
}

/** Concat of one value with constants of zeros: more channels, as the shortcuts without parameters have them. */
export function concat(operation: Operation, builder: NetworkBuilder): Activation {
  const position = operation.operands.findIndex((operand) => operand?.kind !== 'constant');
  const value = operation.activation(position);
  const sizes = [1, ...fileShape(value)];
  const axis = operation.axis(operation.integer('axis', 1), sizes.length);
  if (value.kind === 'vector' || axis !== channelAxis(value) + 1) {
    throw operation.refusal('joins something else than channels, which cascade does not run');
  }
  let [before, after] = [0, 0];
  operation.operands.forEach((_, index) => {
    if (index === position) return;
    const zeros = zerosBeside(operation, index, sizes, axis);
    if (index < position) before += zeros;
    else after += zeros;
  });
  return padChannels(operation, builder, value, before, after);
}

/** How many channels of zeros an operand is. */
function zerosBeside(operation: Operation, index: number, sizes: readonly number[], axis: number): number {
  const operand = operation.operand(index);
  const fits = ({ shape, data }: Constant): boolean =>
    shape.length === sizes.length &&
    shape.every((size, place) => place === axis || size === sizes[place]) &&
    data.every((value) => value === 0);
  if (operand.kind !== 'constant' || !fits(operand)) {
    throw operation.refusal('joins values that are not all zeros but one, which cascade does not run');
  }
  return operand.shape[axis]!;
}

function padChannels(
  operation: Operation,
  builder: NetworkBuilder,
  value: ImageValue,
  before: number,
  after: number,
): ImageValue {
  const { output: name } = operation;
  const shape = builder.add(operation, { kind: 'pad-channels', name, input: value.name, before, after });
  return { ...value, name, shape: shape as [number, number, number] };
}
