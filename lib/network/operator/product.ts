import { elementCount } from '../tensor.js';
import { broadcast, numbersOf } from './elementwise.js';
import type { Operand, OperatorCall } from './operator-call.js';
import type { OperatorRule } from './operator-rule.js';

/** Products of matrices, of two values or a value and a constant; one multiply-accumulate an output and inner place. */
export const matMul: OperatorRule = {
  shape(call) {
    call.atMost(2);
    const [left, right] = [call.operand(0), call.operand(1)];
    const [a, b] = [sizesOf(left), sizesOf(right)];
    if (a.length < 2 || b.length < 2) throw call.refusal('multiplies something else than matrices');
    if (a.at(-1) !== b.at(-2))
      throw call.refusal(`multiplies the shapes [${a.join(', ')}] and [${b.join(', ')}]`);
    const [rows, columns] = [imagesFromEnd(left) === 2, imagesFromEnd(right) === 1];
    if (imagesFromEnd(left) === 1 || imagesFromEnd(right) === 2) throw call.mixing();
    if ((rows || columns) && left.kind === right.kind) throw call.mixing();
    const matrix = [a.at(-2)!, b.at(-1)!];
    if (!rows && !columns) {
      const leading = broadcast(call, [leadingOf(left), leadingOf(right)]);
      return { ...leading, sizes: [...leading.sizes, ...matrix] };
    }
    // The images stand among the rows or columns of one factor, by which the other is the same for all.
    const leading = leadingSizes(call, a.slice(0, -2), b.slice(0, -2));
    const { inner } = (rows ? left : right).kind === 'value' ? call.values[0]! : { inner: 1 };
    return { sizes: [...leading, ...matrix], axis: leading.length + (rows ? 0 : 1), inner };
  },
  macs: (call, output) => numbersOf(output) * sizesOf(call.operand(0)).at(-1)!,
};

function sizesOf(operand: Operand): readonly number[] {
  return operand.kind === 'value' ? operand.shape.sizes : operand.shape;
}

/** 1 for the last axis, 2 for the one before it; undefined of a constant. */
function imagesFromEnd(operand: Operand): number | undefined {
  return operand.kind === 'value' ? operand.shape.sizes.length - operand.shape.axis : undefined;
}

function leadingOf(operand: Operand): Operand {
  return operand.kind === 'value'
    ? { kind: 'value', shape: { ...operand.shape, sizes: operand.shape.sizes.slice(0, -2) } }
    : { kind: 'constant', shape: operand.shape.slice(0, -2) };
}

/** Leading axes that hold no images, by the rules of broadcasting. */
function leadingSizes(call: OperatorCall, a: readonly number[], b: readonly number[]): readonly number[] {
  const images = {
    kind: 'value',
    shape: { sizes: [1, ...new Array<number>(Math.max(a.length, b.length)).fill(1)], axis: 0, inner: 1 },
  } as const;
  const { sizes } = broadcast(call, [images, { kind: 'constant', shape: a }, { kind: 'constant', shape: b }]);
  return sizes.slice(1);
}

/** Gemm: a matrix of the images' rows times a constant one. */
export const gemm: OperatorRule = {
  attributes: { alpha: 'real', beta: 'real', transA: 'integer', transB: 'integer' },
  shape(call) {
    call.atMost(3);
    const { sizes, axis, inner } = call.value(0);
    const { shape } = call.constant(1);
    const isTurned = call.integer('transA', 0) !== 0;
    if (sizes.length !== 2 || shape.length !== 2)
      throw call.refusal('multiplies something else than matrices');
    const [rows, along] = isTurned ? [1, 0] : [0, 1];
    const [inputs, outputs] =
      call.integer('transB', 0) !== 0 ? [shape[1]!, shape[0]!] : [shape[0]!, shape[1]!];
    if (axis !== rows) throw call.mixing();
    if (sizes[along] !== inputs)
      throw call.refusal(`multiplies the shapes [${sizes.join(', ')}] and [${shape.join(', ')}]`);
    call.optional(2, [], [1], [outputs], [1, outputs], [1, 1]);
    return { sizes: [sizes[rows]!, outputs], axis: 0, inner };
  },
  macs: (call, output) => (numbersOf(output) * numbersOf(call.value(0))) / output.sizes[0]!,
};

const EQUATION = /^([A-Za-z]+),([A-Za-z]+)->([A-Za-z]+)$/;

/** Einsum of two factors, each axis by a letter of its own. */
export const einsum: OperatorRule = {
  attributes: { equation: 'text' },
  shape(call) {
    const { terms, result, sizes } = readEquation(call);
    const letters = new Set<string>();
    let inner = 1;
    terms.forEach((term, index) => {
      const operand = call.operand(index);
      if (operand.kind !== 'value') return;
      letters.add(term[operand.shape.axis]!);
      ({ inner } = operand.shape);
    });
    const [images] = letters;
    const axis = result.indexOf(images!);
    const isShared = call.values.every((value) => value.inner === inner);
    const isOfConstant = terms.some(
      (term, index) => call.operand(index).kind === 'constant' && term.includes(images!),
    );
    if (letters.size !== 1 || axis < 0 || !isShared || isOfConstant) throw call.mixing();
    return { sizes: [...result].map((letter) => sizes.get(letter)!), axis, inner };
  },
  macs: (call) => elementCount([...readEquation(call).sizes.values()]),
};

function readEquation(call: OperatorCall): {
  readonly terms: readonly [string, string];
  readonly result: string;
  readonly sizes: ReadonlyMap<string, number>;
} {
  call.atMost(2);
  const equation = call.text('equation', '').replaceAll(' ', '');
  const [, left, right, result] = EQUATION.exec(equation) ?? [];
  const terms = [left ?? '', right ?? ''] as const;
  const sizes = new Map<string, number>();
  const isPlain = [...terms, result ?? ''].every((term) => term !== '' && new Set(term).size === term.length);
  const fits = terms.every((term, index) => {
    const shape = sizesOf(call.operand(index));
    return (
      shape.length === term.length &&
      [...term].every((letter, axis) => {
        const size = sizes.get(letter) ?? shape[axis]!;
        sizes.set(letter, size);
        return size === shape[axis];
      })
    );
  });
  if (!isPlain || !fits || ![...result!].every((letter) => sizes.has(letter)))
    throw call.refusal('is no product of two values, each axis with a letter of its own');
  return { terms, result: result!, sizes };
}
