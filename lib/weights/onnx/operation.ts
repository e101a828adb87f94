import { CascadeError } from '../../errors.js';
import { checkFinite } from '../check-finite.js';
import type { NumberBudget } from '../number-budget.js';
import { quoted } from '../quoted.js';
import { constantOf } from './constant.js';
import { listed } from './listed.js';
import type { AttributeMessage, NodeMessage } from './model-file.js';
import {
  type Activation,
  type Constant,
  type ImageValue,
  isChannelsFirst,
  type Movable,
  type Value,
} from './values.js';

/** Far more than a tensor has axes. */
const MOST_INDICES = 64;

/** One node of a file with the values that it reads, and a sentence for everything that may be wrong with it. */
export class Operation {
  readonly #attributes: ReadonlyMap<string, AttributeMessage>;

  /**
   * @param operands undefined where the node leaves an input out.
   * @param opset version of the operators.
   * @param part which of the node's outputs is made.
   */
  constructor(
    readonly node: NodeMessage,
    readonly operands: readonly (Value | undefined)[],
    readonly opset: number,
    readonly file: string,
    readonly budget: NumberBudget,
    readonly part = 0,
  ) {
    this.#attributes = new Map(node.attribute.map((attribute) => [attribute.name, attribute]));
  }

  /** The same node with other values to read. */
  reading(operands: readonly (Value | undefined)[]): Operation {
    return new Operation(this.node, operands, this.opset, this.file, this.budget, this.part);
  }

  /** The name of the value that it makes. */
  get output(): string {
    return this.node.output[this.part]!;
  }

  /** @param fault what goes behind "The node X (Conv) of FILE". */
  refusal(fault: string): CascadeError {
    return refusal(this.node, this.file, fault);
  }

  operand(index: number): Value {
    const value = this.operands[index];
    if (value === undefined) throw this.refusal(`lacks its input ${index}; export the model again`);
    return value;
  }

  /** @throws CascadeError if the file's size does not warrant that so many more numbers are made. */
  makes(numbers: number): void {
    this.budget.take(numbers, (fault) => this.refusal(fault));
  }

  /** A value that depends on the image, in numbers that may be computed with. */
  activation(index: number): Activation {
    const value = this.movable(index);
    if (value.kind === 'pooling') {
      throw this.refusal(
        'reads images whose rows and columns are joined, averaged or summed up one by one, which cascade only takes on the way to the mean over both',
      );
    }
    if (value.kind === 'image' && value.isWhole) {
      throw this.refusal('computes with whole numbers, where cascade needs a Cast to real numbers first');
    }
    return value;
  }

  /** A value that depends on the image, for operators that only move its numbers or take means of them. */
  movable(index: number): Movable {
    const value = this.operand(index);
    if (value.kind === 'constant') {
      throw this.refusal(
        `reads the constant ${quoted(value.name)} where cascade needs a value that depends on the image; fold constants first, e.g. with onnxsim`,
      );
    }
    if (value.kind === 'tensor') {
      throw this.refusal('reads a value that is neither an image nor a vector, which cascade does not run');
    }
    if (value.kind !== 'pooling' && value.softmax !== undefined) {
      throw this.refusal(
        `reads the softmax ${quoted(value.softmax.node)}, which cascade only takes at the end of a network`,
      );
    }
    return value;
  }

  /** An image whose channels stand before its rows and columns. */
  image(index: number): ImageValue {
    const value = this.activation(index);
    if (value.kind === 'vector' || !isChannelsFirst(value)) {
      throw this.refusal(
        'reads something else than an image with its channels in front, which cascade needs here',
      );
    }
    return value;
  }

  constant(index: number): Constant {
    const value = this.operand(index);
    if (value.kind !== 'constant') {
      throw this.refusal(`computes its input ${index} from the image, where cascade needs a constant`);
    }
    if (value.perImage !== undefined) {
      throw this.refusal('numbers the images of a batch, by which they would not stay by themselves');
    }
    // A constant may have any number of readers, each of which goes through all of it.
    this.makes(value.data.length);
    return value;
  }

  optionalConstant(index: number): Constant | undefined {
    return this.operands[index] === undefined ? undefined : this.constant(index);
  }

  /** A constant that becomes part of the network, its numbers all finite. */
  weight(index: number): Constant {
    const value = this.constant(index);
    checkFinite(value.name, value, this.file);
    return value;
  }

  optionalWeight(index: number): Constant | undefined {
    return this.operands[index] === undefined ? undefined : this.weight(index);
  }

  integer(name: string, otherwise: number): number {
    return this.#attributes.get(name)?.i ?? otherwise;
  }

  real(name: string, otherwise: number): number {
    return this.#attributes.get(name)?.f ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    const bytes = this.#attributes.get(name)?.s;
    return bytes === undefined ? otherwise : Buffer.from(bytes).toString();
  }

  integers(name: string): readonly number[] | undefined {
    return this.#attributes.get(name)?.ints;
  }

  reals(name: string): readonly number[] | undefined {
    return this.#attributes.get(name)?.floats;
  }

  /** A tensor among the attributes. */
  tensor(name: string): Constant | undefined {
    const message = this.#attributes.get(name)?.t;
    return message ? { ...constantOf(message, this.file), name: this.output } : undefined;
  }

  has(name: string): boolean {
    return this.#attributes.has(name);
  }

  /** Whole numbers of at least `least`, as many as `otherwise` has. */
  counts(name: string, otherwise: readonly number[], least: number): readonly number[] {
    const values = this.integers(name) ?? otherwise;
    if (values.length !== otherwise.length || !values.every((value) => value >= least)) {
      throw this.refusal(
        `has ${name} of ${listed(values)} where cascade takes ${otherwise.length} numbers of at least ${least}`,
      );
    }
    return values;
  }

  /** Whole numbers from an input or, in older operator sets, from an attribute; undefined if there are neither. */
  indices(name: string, input: number): readonly number[] | undefined {
    const constant = this.optionalConstant(input);
    if (constant === undefined) return this.#few(name, this.integers(name));
    if (!constant.isInteger) {
      throw this.refusal(`reads ${name} that are no whole numbers; export the model again`);
    }
    return this.#few(name, [...constant.data.subarray(0, MOST_INDICES + 1)]);
  }

  #few(name: string, indices: readonly number[] | undefined): readonly number[] | undefined {
    if (indices === undefined || indices.length <= MOST_INDICES) return indices;
    throw this.refusal(
      `reads more than ${MOST_INDICES} ${name}, which is as many as cascade takes; export the model again`,
    );
  }

  /** Axes as above, each counted from the first of `rank`. */
  axes(name: string, input: number, rank: number): readonly number[] | undefined {
    return this.indices(name, input)?.map((axis) => this.axis(axis, rank));
  }

  /** An axis counted from the first, where negative ones count from the end. */
  axis(axis: number, rank: number): number {
    const fromStart = axis < 0 ? axis + rank : axis;
    if (!(fromStart >= 0 && fromStart < rank)) {
      throw this.refusal(`names the axis ${axis} of a value that has ${rank}; export the model again`);
    }
    return fromStart;
  }
}

/** What to say of a node: FAULT goes behind "The node X (Conv) of FILE". */
export function refusal({ name, opType, output }: NodeMessage, file: string, fault: string): CascadeError {
  return new CascadeError(
    `The node ${quoted(name || output[0] || 'without a name')} (${quoted(opType)}) of ${file} ${fault}.`,
  );
}
