import type { Graph, GraphNode, Network, Parameters } from './graph.js';
import { consumersOf, inputsOf } from './graph.js';
import { parameterShapesOf } from './parameter-shapes.js';
import { inferShapes } from './shapes.js';
import { elementCount, type Tensor } from './tensor.js';

/**
 * A network for some of its classes, or for all of them in another order. The last layer computes their logits alone, and what only
 * looks at one channel at a time behind it goes along, so that multiply-accumulates are those of the smaller layer. Where the last layer
 * cannot be told apart from what follows, all logits are computed, and counted, and the chosen ones picked from them.
 *
 * @param classes places among the network's logits, each once, in the order wanted.
 */
export function withClasses(network: Network, classes: readonly number[]): Network {
  const { graph, parameters } = network;
  const changed = new ChosenChannels(network, classes).changedNodes();
  if (changed === undefined) return { graph: picked(graph, classes), parameters };
  return {
    graph: { ...graph, nodes: graph.nodes.map((node) => changed.get(node.name) ?? node) },
    parameters: withRows(parameters, [...changed.values()].flatMap(parametersByChannel), classes),
  };
}

/** Follows a value back through what looks at one channel at a time to the layers that make its channels. */
class ChosenChannels {
  readonly #graph: Graph;
  readonly #classes: number;
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #consumers: ReturnType<typeof consumersOf>;
  readonly #shapes: ReturnType<typeof inferShapes>;
  /** How many nodes name each parameter. */
  readonly #uses: ReadonlyMap<string, number>;
  readonly #changed = new Map<string, GraphNode>();

  constructor({ graph }: Network, { length }: readonly number[]) {
    this.#graph = graph;
    this.#classes = length;
    this.#nodes = new Map(graph.nodes.map((node) => [node.name, node]));
    this.#consumers = consumersOf(graph);
    this.#shapes = inferShapes(graph);
    this.#uses = parameterUses(graph);
  }

  /** The nodes with the chosen channels alone, by name; undefined where something on the way needs the others. */
  changedNodes(): ReadonlyMap<string, GraphNode> | undefined {
    return this.#follow(this.#graph.output, 0) ? this.#changed : undefined;
  }

  /** @param readers that a value may have: one, and none for the output. */
  #follow(value: string, readers: number): boolean {
    const node = this.#nodes.get(value);
    // The image's own channels are no classes.
    if (node === undefined || this.#consumers.get(value)!.length > readers) return false;
    if (parametersByChannel(node).some((name) => this.#uses.get(name)! > 1)) return false;
    const changed = this.#withFewer(node);
    if (changed !== undefined) this.#changed.set(value, changed);
    return changed !== undefined;
  }

  #withFewer(node: GraphNode): GraphNode | undefined {
    switch (node.kind) {
      case 'linear':
        return { ...node, outputFeatures: this.#classes };
      case 'convolution':
        return node.groups === 1 ? { ...node, outputChannels: this.#classes } : undefined;
      case 'batch-normalization':
      case 'affine':
      case 'relu':
      case 'relu6':
      case 'average-pool':
      case 'max-pool':
      case 'global-average-pool':
      case 'strided-slice':
      case 'resize':
      case 'pad':
        return this.#follow(node.input, 1) ? node : undefined;
      case 'flatten': {
        // Of one pixel, a channel stays one number.
        const [channels, ...pixels] = this.#shapes.get(node.input)!;
        const isOnePixel = channels !== undefined && elementCount(pixels) === 1;
        return isOnePixel && this.#follow(node.input, 1) ? node : undefined;
      }
      case 'add': {
        const [first, second] = node.inputs;
        return first !== second && this.#follow(first, 1) && this.#follow(second, 1) ? node : undefined;
      }
      case 'pad-channels':
      case 'operator':
        return undefined;
    }
  }
}

function parameterUses(graph: Graph): ReadonlyMap<string, number> {
  const shapes = inferShapes(graph);
  const uses = new Map<string, number>();
  for (const node of graph.nodes) {
    for (const [name] of parameterShapesOf(node, shapes.get(inputsOf(node)[0]!)!))
      uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}

/** The parameters of a node that have a row, or a number, for each channel that it gives. */
function parametersByChannel(node: GraphNode): readonly string[] {
  switch (node.kind) {
    case 'linear':
    case 'convolution':
      return node.bias === undefined ? [node.weight] : [node.weight, node.bias];
    case 'batch-normalization':
      return [node.scale, node.shift, node.mean, node.variance];
    case 'affine':
      return [node.scale, node.shift];
    default:
      return [];
  }
}

function withRows(parameters: Parameters, names: readonly string[], rows: readonly number[]): Parameters {
  const chosen = new Map(parameters);
  for (const name of names) chosen.set(name, rowsOf(parameters.get(name)!, rows));
  return chosen;
}

function rowsOf({ shape: [, ...rest], data }: Tensor, rows: readonly number[]): Tensor {
  const size = elementCount(rest);
  const chosen = new Float32Array(rows.length * size);
  rows.forEach((row, position) => {
    chosen.set(data.subarray(row * size, (row + 1) * size), position * size);
  });
  return { shape: [rows.length, ...rest], data: chosen };
}

/** A graph with some of its logits picked at its end. */
function picked(graph: Graph, classes: readonly number[]): Graph {
  const names = new Set(graph.nodes.map(({ name }) => name));
  let name = `${graph.output}.chosen`;
  while (names.has(name)) name += "'";
  const node: GraphNode = {
    ...{ kind: 'operator', name, operator: 'Gather' },
    inputs: [graph.output, { integers: classes, shape: [classes.length] }],
    attributes: { axis: 1 },
  };
  return { ...graph, nodes: [...graph.nodes, node], output: name };
}
