import { CascadeError } from '../../errors.js';
import type { GraphNode, Network, Shape } from '../../network/graph.js';
import { inputsOf } from '../../network/graph.js';
import { type BatchedShape, imagesInFront, shapeOfOne } from '../../network/operator/batched-shape.js';
import { parameterShapesOf } from '../../network/parameter-shapes.js';
import { batchedShape } from '../../network/shapes.js';
import { elementCount, type Tensor } from '../../network/tensor.js';
import { quoted } from '../quoted.js';
import { listed } from './listed.js';
import type { Operation } from './operation.js';

/** Most numbers of a value for one image (256 MiB): a limit of cascade's own, against files that ask for all memory. */
const MOST_ELEMENTS = 2 ** 26;

/** Puts a network together node by node; none goes in that does not fit. */
export class NetworkBuilder {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #parameters = new Map<string, Tensor>();
  readonly #shapes: Map<string, BatchedShape>;
  readonly #joined = new Map<string, string>();

  constructor(
    readonly input: string,
    readonly inputShape: Shape,
  ) {
    this.#shapes = new Map([[input, imagesInFront(inputShape)]]);
  }

  /**
   * Appends a node.
   *
   * @param parameters the values of all parameters that it names.
   * @returns the shape of its value.
   * @throws CascadeError if input, parameters and node do not fit together.
   */
  add(operation: Operation, node: GraphNode, parameters: Readonly<Record<string, Tensor>> = {}): Shape {
    const inputs = inputsOf(node).map((name) => this.#shapes.get(name)!);
    const batched = shapeOf(operation, node, inputs);
    const shape = shapeOfOne(batched);
    if (!(elementCount(shape) <= MOST_ELEMENTS)) {
      throw operation.refusal(
        `makes ${elementCount(shape)} numbers of one image, where cascade takes at most ${MOST_ELEMENTS}; give a smaller --image-size if the model leaves it open`,
      );
    }
    for (const [name, wanted] of parameterShapesOf(node, shapeOfOne(inputs[0]!))) {
      const given = parameters[name]!;
      if (given.shape.join() !== wanted.join()) {
        throw operation.refusal(
          `has weights of the shape ${listed(given.shape)} where its input needs ${listed(wanted)}; get the file again`,
        );
      }
      this.#parameters.set(name, given);
    }
    this.#nodes.set(node.name, node);
    this.#shapes.set(node.name, batched);
    return shape;
  }

  /** The node that makes a value; undefined for the images. */
  node(name: string): GraphNode | undefined {
    return this.#nodes.get(name);
  }

  shape(name: string): Shape {
    return shapeOfOne(this.#shapes.get(name)!);
  }

  /** The shape of a value with the axis along which its images stand; undefined if there is no such value yet. */
  batchedShape(name: string): BatchedShape | undefined {
    return this.#shapes.get(name);
  }

  /** Keeps in mind that a value is others joined along an axis. */
  remember(axis: number, parts: readonly string[], name: string): void {
    this.#joined.set(JSON.stringify([axis, ...parts]), name);
  }

  /** The value that is others joined along an axis, if there is one. */
  joined(axis: number, parts: readonly string[]): string | undefined {
    return this.#joined.get(JSON.stringify([axis, ...parts]));
  }

  parameter(name: string): Tensor {
    return this.#parameters.get(name)!;
  }

  /** The network as far as it is needed for one of its values. */
  network(output: string): Network {
    const graph = {
      input: this.input,
      inputShape: this.inputShape,
      nodes: [...this.#nodes.values()],
      output,
    };
    return { graph, parameters: this.#parameters };
  }
}

function shapeOf(operation: Operation, node: GraphNode, inputs: readonly BatchedShape[]): BatchedShape {
  try {
    return batchedShape({ ...node, name: quoted(node.name) }, inputs);
  } catch (error) {
    if (!(error instanceof CascadeError)) throw error;
    throw new CascadeError(
      `${operation.file} holds a network that does not fit together: ${error.message}`,
      undefined,
      { cause: error },
    );
  }
}
