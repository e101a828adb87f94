import { elementCount } from '../tensor.js';
import type { BatchedShape } from './batched-shape.js';
import { numbersOf } from './elementwise.js';
import { withChannels } from './normalizing.js';
import type { OperatorCall } from './operator-call.js';
import type { OperatorRule } from './operator-rule.js';

const WINDOW = {
  auto_pad: 'text',
  dilations: 'integers',
  group: 'integer',
  kernel_shape: 'integers',
  pads: 'integers',
  strides: 'integers',
} as const;

/** A convolution of any number of axes, dilated too. */
export const conv: OperatorRule = {
  attributes: WINDOW,
  shape(call) {
    const { value, weight, groups, window } = windowOf(call);
    const [filters, depth] = weight as [number, number];
    if (depth * groups !== value.sizes[1] || filters % groups !== 0) throw misfit(call, value, weight);
    call.optional(2, [filters]);
    const sides = window.map(({ size, reach, stride, padding }) => {
      const side = call.text('auto_pad', 'NOTSET').startsWith('SAME')
        ? Math.ceil(size / stride)
        : Math.floor((size + padding - reach) / stride) + 1;
      if (!(side >= 1)) throw call.refusal(`has a window of ${reach} on ${size + padding} places`);
      return side;
    });
    return { ...value, sizes: [value.sizes[0]!, filters, ...sides] };
  },
  macs: (call, output) => numbersOf(output) * elementCount(call.constant(1).shape.slice(1)),
};

/** A transposed convolution: every number of its input is multiplied by a whole window. */
export const convTranspose: OperatorRule = {
  attributes: { ...WINDOW, output_padding: 'integers' },
  shape(call) {
    const { value, weight, groups, window } = windowOf(call);
    const [depth, filters] = weight as [number, number];
    if (depth !== value.sizes[1] || depth % groups !== 0) throw misfit(call, value, weight);
    if (!['NOTSET', 'VALID'].includes(call.text('auto_pad', 'NOTSET')))
      throw call.refusal('leaves its padding to the runtime');
    call.optional(2, [filters * groups]);
    const extra = call.counts(
      'output_padding',
      window.map(() => 0),
      0,
    );
    const sides = window.map(
      ({ size, reach, stride, padding }, axis) => stride * (size - 1) + extra[axis]! + reach - padding,
    );
    if (sides.some((side) => side < 1)) throw misfit(call, value, weight);
    return { ...value, sizes: [value.sizes[0]!, filters * groups, ...sides] };
  },
  macs: (call) => numbersOf(call.value(0)) * elementCount(call.constant(1).shape.slice(1)),
};

interface WindowAxis {
  /** Places of the input. */
  readonly size: number;
  /** Places that a window spans, dilated. */
  readonly reach: number;
  readonly stride: number;
  /** On both sides together. */
  readonly padding: number;
}

function windowOf(call: OperatorCall): {
  readonly value: BatchedShape;
  readonly weight: readonly number[];
  readonly groups: number;
  readonly window: readonly WindowAxis[];
} {
  call.atMost(3);
  const value = withChannels(call);
  const { shape: weight } = call.constant(1);
  const kernel = weight.slice(2);
  if (weight.length !== value.sizes.length || kernel.length < 1) throw misfit(call, value, weight);
  if (call.counts('kernel_shape', kernel, 1).join() !== kernel.join()) throw misfit(call, value, weight);
  const ones = kernel.map(() => 1);
  const strides = call.counts('strides', ones, 1);
  const dilations = call.counts('dilations', ones, 1);
  const pads = call.counts(
    'pads',
    [...kernel, ...kernel].map(() => 0),
    0,
  );
  const groups = call.integer('group', 1);
  if (!(groups >= 1)) throw misfit(call, value, weight);
  const window = kernel.map((length, axis) => ({
    size: value.sizes[axis + 2]!,
    reach: (length - 1) * dilations[axis]! + 1,
    stride: strides[axis]!,
    padding: call.text('auto_pad', 'NOTSET') === 'NOTSET' ? pads[axis]! + pads[kernel.length + axis]! : 0,
  }));
  return { value, weight, groups, window };
}

function misfit(call: OperatorCall, { sizes }: BatchedShape, weight: readonly number[]): Error {
  return call.refusal(`has weights of [${weight.join(', ')}] for an input of [${sizes.join(', ')}]`);
}
