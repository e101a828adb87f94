import type { BatchedShape } from './batched-shape.js';
import type { OperatorCall } from './operator-call.js';
import type { OperatorRule } from './operator-rule.js';

/** A function along one axis, as Softmax. */
export function alongAxis(attributes: OperatorRule['attributes'] = {}): OperatorRule {
  return {
    attributes: { axis: 'integer', ...attributes },
    shape(call) {
      call.atMost(1);
      const value = call.value(0);
      call.axisWithin(call.integer('axis', -1), value);
      return value;
    },
  };
}

/** LayerNormalization over all axes from one on; of its results the first alone. */
export const layerNormalization: OperatorRule = {
  attributes: { axis: 'integer', epsilon: 'real', stash_type: 'integer' },
  shape(call) {
    call.atMost(3);
    const value = call.value(0);
    const first = call.axis(call.integer('axis', -1), value.sizes.length);
    if (value.axis >= first) throw call.mixing();
    const normalized = value.sizes.slice(first);
    call.constant(1);
    for (const index of [1, 2]) call.optional(index, normalized);
    return value;
  },
};

/** What normalises every channel (axis 1) by numbers of its own. */
export function channelwise(constants: number, attributes: OperatorRule['attributes'] = {}): OperatorRule {
  return {
    attributes: { epsilon: 'real', ...attributes },
    shape(call) {
      call.atMost(1 + constants);
      const value = withChannels(call);
      for (let index = 1; index <= constants; index++) {
        call.constant(index);
        call.optional(index, [value.sizes[1]!]);
      }
      return value;
    },
  };
}

/** Normalisation over neighbouring channels. */
export const localResponse: OperatorRule = {
  attributes: { alpha: 'real', beta: 'real', bias: 'real', size: 'integer' },
  shape(call) {
    call.atMost(1);
    return withChannels(call);
  },
};

/** GlobalAveragePool, GlobalMaxPool: all axes behind the channels become one. */
export const globalPool: OperatorRule = {
  shape(call) {
    call.atMost(1);
    const value = withChannels(call);
    return { ...value, sizes: value.sizes.map((size, axis) => (axis < 2 ? size : 1)) };
  },
};

/** The first input, its images along the first axis and its channels along the second. */
export function withChannels(call: OperatorCall): BatchedShape {
  const value = call.value(0);
  if (value.sizes.length < 2) throw call.refusal('reads a value without channels');
  if (value.axis !== 0) throw call.mixing();
  return value;
}

/** What makes one number of many, along some axes; those of ReduceSum are an input. */
export function reduction(axesAre: 'attribute' | 'input'): OperatorRule {
  return {
    attributes: { keepdims: 'integer', ...(axesAre === 'attribute' && { axes: 'integers' as const }) },
    integerInputs: [1],
    shape(call) {
      call.atMost(axesAre === 'input' ? 2 : 1);
      const value = call.value(0);
      const listed = axesAre === 'input' ? call.integers(1) : call.list('axes');
      if (listed === undefined || listed.length === 0) throw call.mixing();
      const axes = new Set(listed.map((axis) => call.axisWithin(axis, value)));
      if (call.integer('keepdims', 1) !== 0)
        return { ...value, sizes: value.sizes.map((size, axis) => (axes.has(axis) ? 1 : size)) };
      return {
        ...value,
        sizes: value.sizes.filter((_, axis) => !axes.has(axis)),
        axis: value.axis - [...axes].filter((axis) => axis < value.axis).length,
      };
    },
  };
}
