import { CascadeError } from '../../errors.js';
import type {
  Graph,
  GraphNode,
  Network,
  OperatorAttribute,
  OperatorInput,
  Padding,
  Shape,
} from '../../network/graph.js';
import { inferShapes } from '../../network/shapes.js';
import type { Tensor } from '../../network/tensor.js';
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from '../../onnx/encode-onnx.js';
import { encodeOnnx, float, integer, integers, text } from '../../onnx/encode-onnx.js';
import { DATA_TYPE } from '../../onnx/onnx-proto.js';
import type { ProgramOptions } from '../engine.js';

/**
 * A network as the bytes of an `.onnx` file: input and outputs carry a batch dimension `N` in front.
 *
 * @throws CascadeError if the network has a batch normalisation left (fold it first).
 */
export function writeOnnx(network: Network, options: ProgramOptions = {}): Uint8Array {
  return encodeOnnx(onnxGraph(network, options));
}

/** The same as parts, for files that hold more than the network. */
export function onnxGraph(
  network: Network,
  { outputs, inputType = 'float32' }: ProgramOptions = {},
): OnnxGraph {
  const { graph } = network;
  const shapes = inferShapes(graph);
  const writer = new Writer(network, shapes);
  if (inputType === 'uint8') writer.castInput();
  for (const node of graph.nodes) writer.write(node);
  return {
    nodes: writer.nodes,
    initializers: writer.initializers,
    inputs: [value(graph.input, shapes, DATA_TYPE[inputType])],
    outputs: (outputs ?? [graph.output]).map((name) => value(name, shapes, DATA_TYPE.float32)),
  };
}

/**
 * One node of a graph in ONNX's operators, for files that compute its parameters themselves: they are values there, by their names.
 *
 * @param shapes of all values of the graph, as by `inferShapes`.
 * @throws CascadeError if the node is a batch normalisation.
 */
export function onnxNode(
  node: GraphNode,
  graph: Graph,
  shapes: ReadonlyMap<string, Shape>,
): Pick<OnnxGraph, 'nodes' | 'initializers'> {
  const writer = new Writer({ graph }, shapes);
  writer.write(node);
  return { nodes: writer.nodes, initializers: writer.initializers };
}

/**
 * What pools are given for zeros around an image: the smallest normal float32. ONNX Runtime's graph optimizer moves padding with
 * exact zeros into the pool behind it, where padded elements no longer count (seen in 1.30: negative maxima at the edges).
 */
const ALMOST_ZERO = 2 ** -126;

class Writer {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  readonly #graph: Graph;
  /** What a value of the graph is called in the file, where the names differ. */
  readonly #aliases = new Map<string, string>();

  constructor(
    /** Without parameters, these are values of the file that holds the nodes. */
    readonly network: Pick<Network, 'graph'> & Partial<Network>,
    readonly shapes: ReadonlyMap<string, Shape>,
  ) {
    this.#graph = network.graph;
  }

  castInput(): void {
    const name = `${this.#graph.input}/float`;
    this.#emit('Cast', name, [this.#graph.input], [integer('to', DATA_TYPE.float32)]);
    this.#aliases.set(this.#graph.input, name);
  }

  write(node: GraphNode): void {
    const { name } = node;
    switch (node.kind) {
      case 'convolution':
        this.#emit(
          'Conv',
          name,
          [node.input, this.#parameter(node.weight), ...this.#optional(node.bias)],
          [
            integers('kernel_shape', node.kernel),
            integers('strides', node.stride),
            integers('pads', pads(node.padding)),
            integer('group', node.groups),
          ],
        );
        return;
      case 'linear':
        this.#emit(
          'Gemm',
          name,
          [node.input, this.#parameter(node.weight), ...this.#optional(node.bias)],
          [integer('transB', 1)],
        );
        return;
      case 'affine':
        this.#emit('Mul', `${name}/scaled`, [node.input, this.#perChannel(node.scale, node.input)]);
        this.#emit('Add', name, [`${name}/scaled`, this.#perChannel(node.shift, node.input)]);
        return;
      case 'relu':
        this.#emit('Relu', name, [node.input]);
        return;
      case 'relu6':
        this.#emit('Clip', name, [
          node.input,
          this.#scalar(`${name}/minimum`, 0),
          this.#scalar(`${name}/maximum`, 6),
        ]);
        return;
      case 'add':
        this.#emit('Add', name, node.inputs);
        return;
      case 'average-pool':
      case 'max-pool':
        this.#emit(
          node.kind === 'max-pool' ? 'MaxPool' : 'AveragePool',
          name,
          [node.input],
          [
            integers('kernel_shape', node.kernel),
            integers('strides', node.stride),
            integers('pads', pads(node.padding)),
          ],
        );
        return;
      case 'global-average-pool':
        this.#emit('GlobalAveragePool', `${name}/pooled`, [node.input]);
        this.#emit('Flatten', name, [`${name}/pooled`], [integer('axis', 1)]);
        return;
      case 'flatten':
        this.#emit('Flatten', name, [node.input], [integer('axis', 1)]);
        return;
      case 'strided-slice': {
        const [, height, width] = this.shapes.get(node.input)!;
        const starts = this.#indices(`${name}/starts`, [0, 0]);
        const ends = this.#indices(`${name}/ends`, [height!, width!]);
        const axes = this.#indices(`${name}/axes`, [2, 3]);
        this.#emit('Slice', name, [
          node.input,
          starts,
          ends,
          axes,
          this.#indices(`${name}/steps`, node.stride),
        ]);
        return;
      }
      case 'resize': {
        const [, height, width] = this.shapes.get(node.input)!;
        const scales = Float32Array.of(1, 1, scaleTo(node.size[0], height!), scaleTo(node.size[1], width!));
        const factors = this.#initializer(`${name}/scales`, [4], { data: scales });
        this.#emit(
          'Resize',
          name,
          [node.input, '', factors],
          [text('mode', 'linear'), text('coordinate_transformation_mode', 'half_pixel')],
        );
        return;
      }
      case 'pad':
        this.#emit('Pad', name, [
          node.input,
          this.#indices(`${name}/pads`, [
            ...[0, 0, node.padding.top, node.padding.left],
            ...[0, 0, node.padding.bottom, node.padding.right],
          ]),
          ...(this.#isPooled(name) ? [this.#scalar(`${name}/value`, ALMOST_ZERO)] : []),
        ]);
        return;
      case 'pad-channels':
        this.#emit('Pad', name, [
          node.input,
          this.#indices(`${name}/pads`, [0, node.before, 0, 0, 0, node.after, 0, 0]),
        ]);
        return;
      case 'operator':
        this.#emit(
          node.operator,
          name,
          node.inputs.map((input, index) => this.#operatorInput(input, `${name}/input-${index}`)),
          Object.entries(node.attributes).map(([key, attribute]) => operatorAttribute(key, attribute)),
        );
        return;
      case 'batch-normalization':
        throw new CascadeError(
          `The node ${name} is a batch normalisation; fold it before the network is run.`,
        );
    }
  }

  #emit(
    opType: string,
    name: string,
    input: readonly string[],
    attribute: readonly OnnxAttribute[] = [],
  ): void {
    this.nodes.push({
      opType,
      name,
      input: input.map((value) => this.#aliases.get(value) ?? value),
      output: [name],
      attribute,
    });
  }

  #parameter(name: string): string {
    if (this.network.parameters === undefined) return name;
    const tensor = this.network.parameters.get(name);
    if (tensor === undefined)
      throw new CascadeError(`The parameter ${name} has no value; the file of weights lacks it.`);
    return this.#initializer(name, tensor.shape, tensor);
  }

  #optional(name: string | undefined): string[] {
    return name === undefined ? [] : [this.#parameter(name)];
  }

  #operatorInput(input: OperatorInput, name: string): string {
    if (input === null) return '';
    if (typeof input === 'string') return input;
    return 'parameter' in input
      ? this.#parameter(input.parameter)
      : this.#indices(name, input.integers, input.shape);
  }

  /** A parameter of one value a channel, shaped so that it broadcasts over the pixels of an image. */
  #perChannel(name: string, input: string): string {
    const [channels, ...pixels] = this.shapes.get(input)!;
    const shape = [channels!, ...pixels.map(() => 1)];
    const { parameters } = this.network;
    if (parameters !== undefined) return this.#initializer(name, shape, parameters.get(name)!);
    const shaped = `${name}/per-channel`;
    this.#emit('Reshape', shaped, [name, this.#indices(`${shaped}/shape`, shape)]);
    return shaped;
  }

  #initializer(name: string, dims: readonly number[], { data }: Pick<Tensor, 'data'>): string {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.initializers.push({ name, dims, dataType: DATA_TYPE.float32, rawData });
    return name;
  }

  #isPooled(name: string): boolean {
    return this.#graph.nodes.some(
      (node) => (node.kind === 'max-pool' || node.kind === 'average-pool') && node.input === name,
    );
  }

  #scalar(name: string, number: number): string {
    return this.#initializer(name, [], { data: Float32Array.of(number) });
  }

  #indices(name: string, values: readonly number[], dims: readonly number[] = [values.length]): string {
    const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.initializers.push({ name, dims, dataType: DATA_TYPE.int64, rawData });
    return name;
  }
}

/** The float32 by which a side becomes as long as wanted: its product with the side is rounded down. */
function scaleTo(wanted: number, side: number): number {
  let scale = Math.fround(wanted / side);
  while (Math.floor(Math.fround(scale * side)) < wanted) scale = Math.fround(scale * (1 + 2 ** -23));
  return scale;
}

function value(name: string, shapes: ReadonlyMap<string, Shape>, elementType: number): OnnxValue {
  return { name, elementType, dimensions: ['N', ...shapes.get(name)!] };
}

function operatorAttribute(name: string, value: OperatorAttribute): OnnxAttribute {
  if (typeof value === 'number') return integer(name, value);
  if (typeof value === 'string') return text(name, value);
  return 'real' in value ? float(name, value.real) : integers(name, value);
}

/** ONNX puts all beginnings before all ends. */
function pads({ top, left, bottom, right }: Padding): readonly number[] {
  return [top, left, bottom, right];
}
