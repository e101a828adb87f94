import type { GraphNode, Shape } from '../../network/graph.js';
import { outputShape } from '../../network/shapes.js';
import { elementCount, type Tensor } from '../../network/tensor.js';
import { checkFinite } from '../check-finite.js';
import type { NumberBudget } from '../number-budget.js';
import { quoted } from '../quoted.js';
import type { KerasLayer } from './keras-layer.js';
import type { Variable, WeightStore } from './weight-store.js';

/** A value of the graph, and what Keras would hold there. */
export interface Value {
  readonly name: string;
  /** Channels first, as everywhere in the graph. */
  readonly shape: Shape;
  /**
   * The `[channels, height, width]` that a vector was flattened from: it lies in that order here, and by row, column and
   * channel in Keras, so that everything with a number for each element must be put in order.
   */
  readonly flattened?: Shape;
  /** A softmax follows that is left out. */
  readonly isSoftmax?: true;
}

/** Most numbers of a value for one image (256 MiB): a limit of cascade's own, against files that ask for all memory. */
const MOST_ELEMENTS = 2 ** 26;

/** Collects the nodes and parameters of a graph. */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  readonly parameters = new Map<string, Tensor>();

  readonly #names = new Set<string>();

  constructor(
    readonly store: WeightStore,
    readonly input: Value,
    readonly budget: NumberBudget,
  ) {
    this.#names.add(input.name);
  }

  /**
   * Adds a node.
   *
   * @throws CascadeError if its inputs do not fit it, or its name is taken.
   */
  add(layer: KerasLayer, node: GraphNode, ...inputs: readonly Value[]): Value {
    if (this.#names.has(node.name))
      throw layer.refusal(`gives the name ${quoted(node.name)} to a second value`);
    this.#names.add(node.name);
    this.nodes.push(node);
    const shape = outputShape(
      { ...node, name: quoted(node.name) },
      inputs.map((input) => input.shape),
    );
    if (!(elementCount(shape) <= MOST_ELEMENTS)) {
      throw layer.refusal(
        `makes ${elementCount(shape)} numbers of one image, where cascade takes at most ${MOST_ELEMENTS}`,
      );
    }
    const flattened = inputs[0]!.flattened;
    const isKept = flattened !== undefined && node.kind !== 'linear';
    return { name: node.name, shape, ...(isKept ? { flattened } : {}) };
  }

  /** @throws CascadeError if the file's size does not warrant that so many more numbers are made. */
  makes(layer: KerasLayer, numbers: number): void {
    this.budget.take(numbers, (fault) => layer.refusal(fault));
  }

  /** Names a parameter of a layer. */
  parameter(layer: KerasLayer, name: string, tensor: Tensor): string {
    const key = `${layer.name}.${name}`;
    this.parameters.set(key, tensor);
    return key;
  }

  /**
   * A trained variable of a layer.
   *
   * @param shape as Keras has it.
   * @throws CascadeError if it is missing, of another shape, or not finite.
   */
  variable(layer: KerasLayer, variable: Variable, shape: Shape): Tensor {
    const [name] = variable.names;
    const stored = this.store.find(layer.path, variable);
    if (stored === undefined) throw layer.refusal(`has no weight ${name} in the file`);
    if (stored.shape.join() !== shape.join()) {
      throw layer.refusal(
        `has the weight ${name} in the shape [${stored.shape.join(', ')}] instead of [${shape.join(', ')}]`,
      );
    }
    this.makes(layer, elementCount(shape));
    const tensor = stored.read();
    checkFinite(`${layer.name}/${name}`, tensor, layer.file);
    return tensor;
  }
}
