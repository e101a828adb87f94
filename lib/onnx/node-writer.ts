import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor } from './encode-onnx.js';
import { integer } from './encode-onnx.js';
import { DATA_TYPE } from './onnx-proto.js';

/** Collects nodes with names of its own. */
export class NodeWriter {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  #count = 0;

  constructor(readonly prefix: string) {}

  /** Adds a node. @returns the name of its output. */
  emit(opType: string, input: readonly string[], attribute: readonly OnnxAttribute[] = []): string {
    return this.emitAll(opType, input, attribute, 1)[0]!;
  }

  /** Adds a node whose output has a name that is known elsewhere. */
  emitAs(
    name: string,
    opType: string,
    input: readonly string[],
    attribute: readonly OnnxAttribute[] = [],
  ): void {
    this.nodes.push({ opType, name, input, output: [name], attribute });
  }

  /** Adds a node of several outputs. @returns their names. */
  emitAll(
    opType: string,
    input: readonly string[],
    attribute: readonly OnnxAttribute[],
    outputs: number,
  ): readonly string[] {
    const name = this.#name(opType);
    const output = Array.from({ length: outputs }, (_, index) => (index === 0 ? name : `${name}.${index}`));
    this.nodes.push({ opType, name, input, output, attribute });
    return output;
  }

  /** Adds nodes that were written elsewhere. */
  take({ nodes, initializers }: Pick<OnnxGraph, 'nodes' | 'initializers'>): void {
    for (const node of nodes) this.nodes.push(node);
    for (const initializer of initializers) this.initializers.push(initializer);
  }

  /** Sum of each row. */
  sum(value: string): string {
    return this.emit('ReduceSum', [value, this.integers([1])]);
  }

  /** The `count` largest of each row, in falling order. */
  largest(value: string, count: number): string {
    return this.emitAll('TopK', [value, this.integers([count])], [integer('axis', 1)], 2)[0]!;
  }

  /** The two columns of a matrix. */
  split(value: string): readonly [string, string] {
    const [first, second] = this.emitAll('Split', [value], [integer('axis', 1)], 2);
    return [first!, second!];
  }

  /** A number as often as a vector has elements. */
  oncePerElement(truths: string, number: string): string {
    return this.emit('Where', [truths, number, number]);
  }

  /** Float32 of a shape; a scalar by default. */
  floats(values: ArrayLike<number>, dims: readonly number[] = []): string {
    return this.#constant(DATA_TYPE.float32, dims, Float32Array.from(values).buffer);
  }

  doubles(values: readonly number[]): string {
    return this.#constant(DATA_TYPE.float64, [values.length], Float64Array.from(values).buffer);
  }

  integers(values: readonly number[]): string {
    return this.#constant(DATA_TYPE.int64, [values.length], BigInt64Array.from(values, BigInt).buffer);
  }

  #constant(dataType: number, dims: readonly number[], buffer: ArrayBuffer): string {
    const name = this.#name('constant');
    this.initializers.push({ name, dims, dataType, rawData: new Uint8Array(buffer) });
    return name;
  }

  #name(kind: string): string {
    return `${this.prefix}${kind.toLowerCase()}-${this.#count++}`;
  }
}
