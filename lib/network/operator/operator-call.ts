import { counted } from '../../counted.js';
import { CascadeError } from '../../errors.js';
import type { Operator, OperatorAttribute, Shape } from '../graph.js';
import type { BatchedShape } from './batched-shape.js';
import { OPERATOR_LIMITS } from './operator-limits.js';

/** What an operator reads, as far as shapes go. */
export type Operand =
  | { readonly kind: 'value'; readonly shape: BatchedShape }
  | { readonly kind: 'constant'; readonly shape: Shape; readonly integers?: readonly number[] };

type Value = Extract<Operand, { readonly kind: 'value' }>;
type Constant = Extract<Operand, { readonly kind: 'constant' }>;

/** That the answer for one image would depend on the others of its batch. */
export class MixingImages extends CascadeError {}

/** An operator with the shapes of what it reads, and a sentence for everything that may not fit. */
export class OperatorCall {
  readonly operands: readonly (Operand | undefined)[];

  /**
   * @param shapes of the values that it reads, in order.
   * @throws CascadeError if it has more inputs, numbers or letters than a network may have.
   */
  constructor(
    readonly node: Operator,
    shapes: readonly BatchedShape[],
  ) {
    const excess = excessOf(node);
    if (excess !== undefined) throw this.refusal(`has ${excess}, more than cascade takes`);
    const rest = shapes.values();
    this.operands = node.inputs.map((input): Operand | undefined => {
      if (input === null) return undefined;
      if (typeof input === 'string') return { kind: 'value', shape: rest.next().value! };
      if ('parameter' in input) return { kind: 'constant', shape: input.shape };
      return { kind: 'constant', ...input };
    });
  }

  /** @param fault what goes behind "The node X (Softmax)". */
  refusal(fault: string): CascadeError {
    return new CascadeError(`The node ${this.node.name} (${this.node.operator}) ${fault}.`);
  }

  /** The shapes of all values that it reads. */
  get values(): readonly BatchedShape[] {
    return this.operands.flatMap((operand) => (operand?.kind === 'value' ? [operand.shape] : []));
  }

  operand(index: number): Operand {
    const operand = this.operands[index];
    if (operand === undefined) throw this.refusal(`lacks its input ${index}`);
    return operand;
  }

  value(index: number): BatchedShape {
    const operand: Operand | Value = this.operand(index);
    if (operand.kind !== 'value') throw this.refusal(`reads a constant as its input ${index}`);
    return operand.shape;
  }

  constant(index: number): Constant {
    const operand = this.operand(index);
    if (operand.kind !== 'constant') throw this.refusal(`computes its input ${index} from the image`);
    return operand;
  }

  /** A constant that may be left out, of one of some shapes. */
  optional(index: number, ...shapes: readonly Shape[]): void {
    if (this.operands[index] === undefined) return;
    const { shape } = this.constant(index);
    if (!shapes.some((allowed) => allowed.join() === shape.join()))
      throw this.refusal(`has an input ${index} of the shape [${shape.join(', ')}]`);
  }

  /** Whole numbers in a list. */
  integers(index: number): readonly number[] {
    const { integers, shape } = this.constant(index);
    if (integers === undefined || shape.length !== 1)
      throw this.refusal(`has no list of whole numbers as its input ${index}`);
    return integers;
  }

  /** No more inputs than that. */
  atMost(count: number): void {
    if (this.operands.length > count) throw this.refusal(`has more than ${count} inputs`);
  }

  integer(name: string, otherwise: number): number {
    const value = this.#attribute(name);
    return typeof value === 'number' ? value : otherwise;
  }

  text(name: string, otherwise: string): string {
    const value = this.#attribute(name);
    return typeof value === 'string' ? value : otherwise;
  }

  list(name: string): readonly number[] | undefined {
    const value = this.#attribute(name);
    return Array.isArray(value) ? (value as readonly number[]) : undefined;
  }

  /** Whole numbers of at least `least`, one for each of `otherwise`. */
  counts(name: string, otherwise: readonly number[], least: number): readonly number[] {
    const values = this.list(name) ?? otherwise;
    if (values.length !== otherwise.length || values.some((value) => !(value >= least)))
      throw this.refusal(
        `has ${name} of [${values.join(', ')}], which are not ${otherwise.length} numbers of at least ${least}`,
      );
    return values;
  }

  /** An axis counted from the first, where negative ones count from the end. */
  axis(axis: number, rank: number): number {
    const fromStart = axis < 0 ? axis + rank : axis;
    if (!(Number.isInteger(axis) && fromStart >= 0 && fromStart < rank))
      throw this.refusal(`names the axis ${axis} of a value that has ${rank}`);
    return fromStart;
  }

  /** The same of an axis that must not be that of the images. */
  axisWithin(axis: number, { sizes, axis: images }: BatchedShape): number {
    const found = this.axis(axis, sizes.length);
    if (found === images) throw this.mixing();
    return found;
  }

  mixing(): MixingImages {
    return new MixingImages(
      this.refusal('mixes the images of a batch, each of which must stay by itself').message,
    );
  }

  #attribute(name: string): OperatorAttribute | undefined {
    return Object.hasOwn(this.node.attributes, name) ? this.node.attributes[name] : undefined;
  }
}

/** What an operator has too much of, if anything. */
function excessOf({ inputs, attributes }: Operator): string | undefined {
  if (inputs.length > OPERATOR_LIMITS.inputs) return counted(inputs.length, 'input');
  for (const input of inputs) {
    const whole = typeof input === 'object' && input !== null && 'integers' in input ? input.integers : [];
    if (whole.length > OPERATOR_LIMITS.integers)
      return `an input of ${counted(whole.length, 'whole number')}`;
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'string' && value.length > OPERATOR_LIMITS.text)
      return `${counted(value.length, 'letter')} in ${name}`;
    if (Array.isArray(value) && value.length > OPERATOR_LIMITS.listed)
      return `${counted(value.length, 'number')} in ${name}`;
  }
  return undefined;
}
