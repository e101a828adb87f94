import type { Convolution, Graph, Network, Padding, Shape } from '../network/graph.js';
import { consumersOf } from '../network/graph.js';
import { inferShapes } from '../network/shapes.js';
import { attribute, type ModelNode, type WeightEntry } from './tensorflow-graph.js';

/** The attribute that says that an operator computes in float32. */
export const FLOAT = { T: attribute.type('float32') };

/** Collects the nodes and weights of a graph model. */
export class ModelParts {
  readonly nodes: ModelNode[] = [];
  readonly weights: WeightEntry[] = [];
  readonly bytes: Uint8Array[] = [];
  readonly shapes: ReadonlyMap<string, Shape>;
  /** ReLUs that a convolution before them computes as well, by that convolution's name. */
  readonly fusedRelus: ReadonlyMap<string, string>;
  /** What a value of the graph is called in the model, where the names differ. */
  readonly #aliases = new Map<string, string>();

  /** @param outputs values that must stay to be had. */
  constructor(
    readonly network: Network,
    outputs: ReadonlySet<string>,
  ) {
    this.shapes = inferShapes(network.graph);
    this.fusedRelus = fusedRelus(network.graph, outputs);
  }

  placeholder(name: string, dtype: 'int32' | 'float32'): void {
    const [channels, height, width] = this.shapes.get(name)!;
    const shape = attribute.shape([-1, height!, width!, channels!]);
    this.nodes.push({ name, op: 'Placeholder', input: [], attr: { dtype: attribute.type(dtype), shape } });
    if (dtype === 'float32') return;
    const types = { SrcT: attribute.type('int32'), DstT: attribute.type('float32') };
    this.#aliases.set(name, this.emit('Cast', `${name}/float`, [name], types));
  }

  /** Adds a node. @returns its name. */
  emit(op: string, name: string, input: readonly string[], attr: ModelNode['attr']): string {
    this.nodes.push({ name, op, input: input.map((value) => this.#aliases.get(value) ?? value), attr });
    return name;
  }

  pad(name: string, input: string, pads: string): string {
    return this.emit('Pad', name, [input, pads], { ...FLOAT, Tpaddings: attribute.type('int32') });
  }

  pads(name: string, { top, bottom, left, right }: Padding): string {
    return this.integers(name, [4, 2], [0, 0, top, bottom, left, right, 0, 0]);
  }

  /** `[kernel rows, kernel columns, input channels, output channels]` of one group. */
  filter({ name, weight, groups, outputChannels, kernel }: Convolution, group: number): string {
    const { shape, data } = this.network.parameters.get(weight)!;
    const outputs = outputChannels / groups;
    const inputs = shape[1]!;
    const area = kernel[0] * kernel[1];
    const values = new Float32Array(outputs * inputs * area);
    for (let output = 0; output < outputs; output++) {
      for (let input = 0; input < inputs; input++) {
        for (let place = 0; place < area; place++) {
          const from = ((group * outputs + output) * inputs + input) * area + place;
          values[(place * inputs + input) * outputs + output] = data[from]!;
        }
      }
    }
    const suffix = groups === 1 ? '' : `/filter-${group}`;
    return this.weight(
      `${groups === 1 ? weight : name}${suffix}`,
      [...kernel, inputs, outputs],
      'float32',
      values,
    );
  }

  parameter(name: string): string {
    const { shape, data } = this.network.parameters.get(name)!;
    return this.weight(name, shape, 'float32', data);
  }

  floats(name: string, shape: readonly number[], value: number): string {
    const length = shape.reduce((product, size) => product * size, 1);
    return this.weight(name, shape, 'float32', new Float32Array(length).fill(value));
  }

  integers(name: string, shape: readonly number[], values: readonly number[]): string {
    return this.weight(name, shape, 'int32', Int32Array.from(values));
  }

  weight(
    name: string,
    shape: readonly number[],
    dtype: 'float32' | 'int32',
    data: Float32Array | Int32Array,
  ): string {
    this.weights.push({ name, shape, dtype });
    this.bytes.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    const tensor = { dtype: attribute.type(dtype).type, tensorShape: attribute.shape(shape).shape };
    this.nodes.push({
      name,
      op: 'Const',
      input: [],
      attr: { dtype: attribute.type(dtype), value: { tensor } },
    });
    return name;
  }
}

function fusedRelus(graph: Graph, outputs: ReadonlySet<string>): ReadonlyMap<string, string> {
  const consumers = consumersOf(graph);
  return new Map(
    graph.nodes.flatMap((node) => {
      const readers = consumers.get(node.name)!;
      const isFused = node.kind === 'convolution' && readers.length === 1 && readers[0]!.kind === 'relu';
      return isFused && !outputs.has(node.name) ? [[node.name, readers[0]!.name]] : [];
    }),
  );
}
