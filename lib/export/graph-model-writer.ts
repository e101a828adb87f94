import { CascadeError } from '../errors.js';
import type {
  AveragePool,
  Convolution,
  Graph,
  GraphNode,
  MaxPool,
  Network,
  Padding,
  Pair,
  Shape,
} from '../network/graph.js';
import { consumersOf } from '../network/graph.js';
import { inferShapes } from '../network/shapes.js';
import { attribute, type ModelNode, type WeightEntry } from './tensorflow-graph.js';

/** Less than any activation; TensorFlow.js's JSON has no infinity. */
const LOWEST = -3.4028234663852886e38;

const FLOAT = { T: attribute.type('float32') };

/** Writes a network's nodes as TensorFlow's, channels last. */
export class GraphModelWriter {
  readonly nodes: ModelNode[] = [];
  readonly weights: WeightEntry[] = [];
  readonly bytes: Uint8Array[] = [];
  readonly #shapes: ReadonlyMap<string, Shape>;
  /** ReLUs that a convolution before them computes as well, by that convolution's name. */
  readonly #fusedRelus: ReadonlyMap<string, string>;
  /** What a value of the graph is called in the model, where the names differ. */
  readonly #aliases = new Map<string, string>();

  constructor(
    readonly network: Network,
    outputs: ReadonlySet<string>,
  ) {
    this.#shapes = inferShapes(network.graph);
    this.#fusedRelus = fusedRelus(network.graph, outputs);
  }

  placeholder(name: string, dtype: 'int32' | 'float32'): void {
    const [channels, height, width] = this.#shapes.get(name)!;
    const shape = attribute.shape([-1, height!, width!, channels!]);
    this.nodes.push({ name, op: 'Placeholder', input: [], attr: { dtype: attribute.type(dtype), shape } });
    if (dtype === 'float32') return;
    const types = { SrcT: attribute.type('int32'), DstT: attribute.type('float32') };
    this.#aliases.set(name, this.#emit('Cast', `${name}/float`, [name], types));
  }

  write(node: GraphNode): void {
    const { name } = node;
    switch (node.kind) {
      case 'convolution':
        this.#convolution(node);
        return;
      case 'linear': {
        const product = this.#emit('MatMul', `${name}/product`, [node.input, this.#parameter(node.weight)], {
          ...FLOAT,
          transpose_a: attribute.boolean(false),
          transpose_b: attribute.boolean(true),
        });
        const bias = node.bias ?? this.#floats(`${name}/bias`, [node.outputFeatures], 0);
        this.#emit('AddV2', name, [product, node.bias === undefined ? bias : this.#parameter(bias)], FLOAT);
        return;
      }
      case 'affine': {
        const scaled = this.#emit('Mul', `${name}/scaled`, [node.input, this.#parameter(node.scale)], FLOAT);
        this.#emit('AddV2', name, [scaled, this.#parameter(node.shift)], FLOAT);
        return;
      }
      case 'relu':
        if (![...this.#fusedRelus.values()].includes(name)) this.#emit('Relu', name, [node.input], FLOAT);
        return;
      case 'relu6':
        this.#emit('Relu6', name, [node.input], FLOAT);
        return;
      case 'add':
        this.#emit('AddV2', name, node.inputs, FLOAT);
        return;
      case 'average-pool':
        this.#averagePool(node);
        return;
      case 'max-pool': {
        const input = isNone(node.padding)
          ? node.input
          : this.#emit(
              'PadV2',
              `${name}/padded`,
              [
                node.input,
                this.#pads(`${name}/pads`, node.padding),
                this.#floats(`${name}/lowest`, [], LOWEST),
              ],
              { ...FLOAT, Tpaddings: attribute.type('int32') },
            );
        this.#emit('MaxPool', name, [input], windowAttributes(node));
        return;
      }
      case 'global-average-pool':
        this.#emit('Mean', name, [node.input, this.#integers(`${name}/axes`, [2], [1, 2])], {
          ...FLOAT,
          Tidx: attribute.type('int32'),
          keep_dims: attribute.boolean(false),
        });
        return;
      case 'flatten':
        this.#flatten(name, node.input);
        return;
      case 'strided-slice':
        this.#emit(
          'StridedSlice',
          name,
          [
            node.input,
            this.#integers(`${name}/begin`, [4], [0, 0, 0, 0]),
            this.#integers(`${name}/end`, [4], [0, 0, 0, 0]),
            this.#integers(`${name}/strides`, [4], [1, ...node.stride, 1]),
          ],
          {
            ...FLOAT,
            Index: attribute.type('int32'),
            begin_mask: attribute.integer(0b1111),
            end_mask: attribute.integer(0b1111),
            ellipsis_mask: attribute.integer(0),
            new_axis_mask: attribute.integer(0),
            shrink_axis_mask: attribute.integer(0),
          },
        );
        return;
      case 'pad':
        this.#pad(name, node.input, this.#pads(`${name}/pads`, node.padding));
        return;
      case 'pad-channels':
        this.#pad(
          name,
          node.input,
          this.#integers(`${name}/pads`, [4, 2], [0, 0, 0, 0, 0, 0, node.before, node.after]),
        );
        return;
      case 'batch-normalization':
        throw new CascadeError(`The node ${name} is a batch normalisation; fold it before the export.`);
    }
  }

  #convolution(node: Convolution): void {
    const name = this.#fusedRelus.get(node.name) ?? node.name;
    const fused = name === node.name ? ['BiasAdd'] : ['BiasAdd', 'Relu'];
    const input = isNone(node.padding)
      ? node.input
      : this.#pad(`${node.name}/padded`, node.input, this.#pads(`${node.name}/pads`, node.padding));
    const bias =
      node.bias === undefined
        ? this.#floats(`${node.name}/bias`, [node.outputChannels], 0)
        : this.#parameter(node.bias);
    if (node.groups === 1) {
      this.#emit('_FusedConv2D', name, [input, this.#filter(node, 0), bias], {
        ...convolutionAttributes(node),
        num_args: attribute.integer(1),
        fused_ops: attribute.texts(fused),
        epsilon: { f: 0 },
      });
      return;
    }
    // TensorFlow.js convolves no groups: each by itself, then side by side again.
    const axis = this.#integers(`${node.name}/axis`, [], [3]);
    const parts = this.#emit('Split', `${node.name}/parts`, [axis, input], {
      ...FLOAT,
      num_split: attribute.integer(node.groups),
    });
    const convolved = Array.from({ length: node.groups }, (_, group) =>
      this.#emit(
        'Conv2D',
        `${node.name}/group-${group}`,
        [group === 0 ? parts : `${parts}:${group}`, this.#filter(node, group)],
        convolutionAttributes(node),
      ),
    );
    const joined = this.#emit('ConcatV2', `${node.name}/joined`, [...convolved, axis], {
      ...FLOAT,
      Tidx: attribute.type('int32'),
      N: attribute.integer(node.groups),
    });
    const sum = fused.length === 1 ? name : `${node.name}/sum`;
    this.#emit('AddV2', sum, [joined, bias], FLOAT);
    if (sum !== name) this.#emit('Relu', name, [sum], FLOAT);
  }

  /** Padded elements are left out of the mean: the mean over all elements of a window is scaled up where some are padding. */
  #averagePool(node: AveragePool): void {
    const { name, input, padding, kernel, stride } = node;
    if (isNone(padding)) {
      this.#emit('AvgPool', name, [input], windowAttributes(node));
      return;
    }
    const padded = this.#pad(`${name}/padded`, input, this.#pads(`${name}/pads`, padding));
    const mean = this.#emit('AvgPool', `${name}/mean`, [padded], windowAttributes(node));
    const [, height, width] = this.#shapes.get(input)!;
    const [, rows, columns] = this.#shapes.get(name)!;
    const vertical = shares(rows!, stride[0], kernel[0], padding.top, height!);
    const horizontal = shares(columns!, stride[1], kernel[1], padding.left, width!);
    const factors = vertical.flatMap((down) => horizontal.map((right) => 1 / (down * right)));
    const factor = this.#weight(
      `${name}/factors`,
      [1, rows!, columns!, 1],
      'float32',
      Float32Array.from(factors),
    );
    this.#emit('Mul', name, [mean, factor], FLOAT);
  }

  /** Channels first again, since the layers behind were fitted so. */
  #flatten(name: string, input: string): void {
    const shape = this.#shapes.get(input)!;
    const types = { ...FLOAT, Tperm: attribute.type('int32') };
    const ordered =
      shape.length === 1
        ? input
        : this.#emit(
            'Transpose',
            `${name}/ordered`,
            [input, this.#integers(`${name}/order`, [4], [0, 3, 1, 2])],
            types,
          );
    const size = this.#shapes.get(name)![0]!;
    this.#emit('Reshape', name, [ordered, this.#integers(`${name}/shape`, [2], [-1, size])], {
      ...FLOAT,
      Tshape: attribute.type('int32'),
    });
  }

  #pad(name: string, input: string, pads: string): string {
    return this.#emit('Pad', name, [input, pads], { ...FLOAT, Tpaddings: attribute.type('int32') });
  }

  #pads(name: string, { top, bottom, left, right }: Padding): string {
    return this.#integers(name, [4, 2], [0, 0, top, bottom, left, right, 0, 0]);
  }

  /** `[kernel rows, kernel columns, input channels, output channels]` of one group. */
  #filter({ name, weight, groups, outputChannels, kernel }: Convolution, group: number): string {
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
    return this.#weight(
      `${groups === 1 ? weight : name}${suffix}`,
      [...kernel, inputs, outputs],
      'float32',
      values,
    );
  }

  #parameter(name: string): string {
    const { shape, data } = this.network.parameters.get(name)!;
    return this.#weight(name, shape, 'float32', data);
  }

  #floats(name: string, shape: readonly number[], value: number): string {
    const length = shape.reduce((product, size) => product * size, 1);
    return this.#weight(name, shape, 'float32', new Float32Array(length).fill(value));
  }

  #integers(name: string, shape: readonly number[], values: readonly number[]): string {
    return this.#weight(name, shape, 'int32', Int32Array.from(values));
  }

  #weight(
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

  #emit(op: string, name: string, input: readonly string[], attr: ModelNode['attr']): string {
    this.nodes.push({ name, op, input: input.map((value) => this.#aliases.get(value) ?? value), attr });
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

function isNone({ top, bottom, left, right }: Padding): boolean {
  return top + bottom + left + right === 0;
}

/** Of each window along one side, the share of its elements that are no padding. */
function shares(count: number, stride: number, kernel: number, before: number, size: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const start = index * stride - before;
    return (Math.min(start + kernel, size) - Math.max(start, 0)) / kernel;
  });
}

function convolutionAttributes({ stride }: Convolution) {
  return { ...slidingAttributes(stride), dilations: attribute.integers([1, 1, 1, 1]) };
}

function windowAttributes({ stride, kernel }: AveragePool | MaxPool) {
  return { ...slidingAttributes(stride), ksize: attribute.integers([1, ...kernel, 1]) };
}

function slidingAttributes(stride: Pair) {
  return {
    ...FLOAT,
    strides: attribute.integers([1, ...stride, 1]),
    padding: attribute.text('VALID'),
    data_format: attribute.text('NHWC'),
  };
}
