import { CascadeError } from '../errors.js';
import type { Graph, GraphNode, Parameters, Shape } from '../network/graph.js';
import { inputsOf } from '../network/graph.js';
import { parameterShapesOf } from '../network/parameter-shapes.js';
import { inferShapes } from '../network/shapes.js';
import { elementCount } from '../network/tensor.js';

/** Values of one image's feature map, more than any network has: whatever is larger was damaged. */
const MOST_VALUES = 2 ** 30;

/**
 * Holds a graph that was read from a file against itself: nodes have names of their own and read only what stands before them, and
 * what they compute has a size.
 *
 * @returns the shape of every value.
 * @throws CascadeError if it does not fit together, said of the file.
 */
export function checkGraph(graph: Graph, file: string, remedy: string): ReadonlyMap<string, Shape> {
  const refuse = (fault: string): CascadeError =>
    new CascadeError(`${file} is damaged (${fault.replace(/\.$/, '')}); ${remedy}.`);
  const names = new Set([graph.input]);
  for (const { name } of graph.nodes) {
    if (names.has(name)) throw refuse(`two values are called ${name}`);
    names.add(name);
  }
  if (!names.has(graph.output)) throw refuse(`no node makes the output ${graph.output}`);
  const shapes = worded(() => inferShapes(graph), refuse);
  for (const [name, shape] of shapes) {
    const isSized = shape.every((length) => Number.isSafeInteger(length) && length > 0);
    if (!isSized || elementCount(shape) > MOST_VALUES)
      throw refuse(`the value ${name} has the shape [${shape.join(', ')}]`);
  }
  for (const node of graph.nodes) {
    const fault = nodeFault(node, shapes);
    if (fault !== undefined) throw refuse(`the node ${node.name} (${node.kind}) ${fault}`);
  }
  return shapes;
}

function worded<Result>(work: () => Result, refuse: (fault: string) => CascadeError): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof CascadeError) throw refuse(error.message);
    throw error;
  }
}

function nodeFault(node: GraphNode, shapes: ReadonlyMap<string, Shape>): string | undefined {
  switch (node.kind) {
    case 'convolution': {
      const [channels] = shapes.get(node.input)!;
      return channels! % node.groups === 0 && node.outputChannels % node.groups === 0
        ? undefined
        : `divides ${channels} channels into ${node.groups} groups`;
    }
    case 'average-pool':
    case 'max-pool': {
      const { kernel, padding } = node;
      const isInside =
        Math.max(padding.top, padding.bottom) < kernel[0] &&
        Math.max(padding.left, padding.right) < kernel[1];
      return isInside ? undefined : 'has windows that see nothing but padding';
    }
    default:
      return undefined;
  }
}

/**
 * Holds parameters that were read from files against the nodes that name them.
 *
 * @throws CascadeError if one is missing or of another shape, said of the file.
 */
export function checkParameters(graph: Graph, parameters: Parameters, file: string, remedy: string): void {
  const shapes = inferShapes(graph);
  for (const node of graph.nodes) {
    for (const [name, shape] of parameterShapesOf(node, shapes.get(inputsOf(node)[0]!)!)) {
      const found = parameters.get(name);
      if (found === undefined) throw new CascadeError(`${file} lacks the parameter ${name}; ${remedy}.`);
      if (found.shape.join() === shape.join()) continue;
      throw new CascadeError(
        `${file} has the parameter ${name} in the shape [${found.shape.join(', ')}] and not [${shape.join(', ')}]; ${remedy}.`,
      );
    }
  }
}
