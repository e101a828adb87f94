import { elementCount } from '../tensor.js';
import type { BatchedShape } from './batched-shape.js';
import type { Operand, OperatorCall } from './operator-call.js';
import type { AttributeType, OperatorRule } from './operator-rule.js';

/** A function of every number by itself. */
export function unary(attributes: Readonly<Record<string, AttributeType>> = {}): OperatorRule {
  return {
    attributes,
    isElementwise: true,
    shape(call) {
      call.atMost(1);
      return call.value(0);
    },
  };
}

/** Clip, between two constants. */
export const clip: OperatorRule = {
  isElementwise: true,
  shape(call) {
    call.atMost(3);
    for (const index of [1, 2]) call.optional(index, [], [1]);
    return call.value(0);
  },
};

/** A function of two numbers that stand at the same place, by the rules of broadcasting. */
export const binary: OperatorRule = {
  isElementwise: true,
  shape(call) {
    call.atMost(2);
    return broadcast(call, [call.operand(0), call.operand(1)]);
  },
};

/** A value with a slope of its own a channel. */
export const prelu: OperatorRule = {
  shape(call) {
    call.atMost(2);
    const value = call.value(0);
    const { sizes } = broadcast(call, [call.operand(0), call.constant(1)]);
    if (sizes.join() !== value.sizes.join()) throw call.refusal('has slopes of more axes than its input');
    return value;
  },
};

/**
 * The shape that operands are repeated to.
 *
 * @throws CascadeError if they do not fit, or the images of one stand along another axis than those of another.
 */
export function broadcast(call: OperatorCall, operands: readonly Operand[]): BatchedShape {
  const shapes = operands.map((operand) => (operand.kind === 'value' ? operand.shape.sizes : operand.shape));
  const rank = Math.max(...shapes.map(({ length }) => length));
  const sizes = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    shape.forEach((size, index) => {
      const axis = rank - shape.length + index;
      if (size === 1) return;
      if (sizes[axis] !== 1 && sizes[axis] !== size)
        throw call.refusal(
          `combines the shapes ${shapes.map((each) => `[${each.join(', ')}]`).join(' and ')}`,
        );
      sizes[axis] = size;
    });
  }
  return { sizes, ...imagesAmong(call, operands, rank) };
}

/** Where the images of all operands stand. */
function imagesAmong(
  call: OperatorCall,
  operands: readonly Operand[],
  rank: number,
): Pick<BatchedShape, 'axis' | 'inner'> {
  const [first, ...others] = operands.flatMap((operand) => (operand.kind === 'value' ? [operand.shape] : []));
  if (first === undefined) throw call.refusal('reads no value');
  const axis = rank - first.sizes.length + first.axis;
  const length = first.sizes[first.axis]!;
  const isAlike = ({ sizes, inner, axis: own }: BatchedShape): boolean =>
    rank - sizes.length + own === axis && inner === first.inner && sizes[own] === length;
  if (!others.every(isAlike)) throw call.mixing();
  for (const operand of operands) {
    if (operand.kind === 'value') continue;
    const size = operand.shape[axis - rank + operand.shape.length] ?? 1;
    if (size !== 1) throw call.mixing();
  }
  return { axis, inner: first.inner };
}

/** Numbers of a value for one image. */
export function numbersOf({ sizes }: BatchedShape): number {
  return elementCount(sizes);
}
