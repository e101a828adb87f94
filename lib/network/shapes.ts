import { CascadeError } from '../errors.js';
import type { AveragePool, Convolution, Graph, GraphNode, MaxPool, Operator, Shape } from './graph.js';
import { inputsOf } from './graph.js';
import { areImagesInFront, type BatchedShape, imagesInFront, shapeOfOne } from './operator/batched-shape.js';
import { operatorShape } from './operator/operator-rules.js';
import { elementCount } from './tensor.js';

/**
 * The shape of every value of a graph, batch excluded, the input's included.
 *
 * @throws CascadeError naming the node whose input is unknown or does not fit it.
 */
export function inferShapes(graph: Graph): ReadonlyMap<string, Shape> {
  return new Map([...inferBatchedShapes(graph)].map(([name, shape]) => [name, shapeOfOne(shape)]));
}

/** The same with the axis along which the images of a batch stand. @throws CascadeError likewise. */
export function inferBatchedShapes(graph: Graph): ReadonlyMap<string, BatchedShape> {
  const shapes = new Map([[graph.input, imagesInFront(graph.inputShape)]]);
  for (const node of graph.nodes) {
    const inputs = inputsOf(node).map((name) => {
      const shape = shapes.get(name);
      if (shape === undefined)
        throw new CascadeError(`The node ${node.name} reads ${name}, which nothing before it produces.`);
      return shape;
    });
    shapes.set(node.name, batchedShape(node, inputs));
  }
  return shapes;
}

/** The shape that any node gives its value, from those of the values it reads. @throws CascadeError if they do not fit it. */
export function batchedShape(node: GraphNode, inputs: readonly BatchedShape[]): BatchedShape {
  if (node.kind === 'operator') return operatorShape(node, inputs);
  if (!inputs.every(areImagesInFront))
    throw new CascadeError(
      `The node ${node.name} (${node.kind}) reads a value in which the images are not in front.`,
    );
  return imagesInFront(ownShape(node, inputs.map(shapeOfOne)));
}

/** The same, batch excluded, from values whose images are in front. @throws CascadeError likewise. */
export function outputShape(node: GraphNode, inputs: readonly Shape[]): Shape {
  return shapeOfOne(batchedShape(node, inputs.map(imagesInFront)));
}

function ownShape(node: Exclude<GraphNode, Operator>, inputs: readonly Shape[]): Shape {
  const input = inputs[0]!;
  switch (node.kind) {
    case 'convolution':
      return [node.outputChannels, ...windowed(node, imageShape(node, input))];
    case 'average-pool':
    case 'max-pool':
      return [input[0]!, ...windowed(node, imageShape(node, input))];
    case 'linear':
      if (input.length !== 1) throw misfit(node, input, 'a vector');
      return [node.outputFeatures];
    case 'global-average-pool':
      return [imageShape(node, input)[0]];
    case 'flatten':
      return [elementCount(input)];
    case 'strided-slice': {
      const [channels, height, width] = imageShape(node, input);
      return [channels, Math.ceil(height / node.stride[0]), Math.ceil(width / node.stride[1])];
    }
    case 'resize':
      return [imageShape(node, input)[0], ...node.size];
    case 'pad': {
      const [channels, height, width] = imageShape(node, input);
      const { top, bottom, left, right } = node.padding;
      return [channels, height + top + bottom, width + left + right];
    }
    case 'pad-channels': {
      const [channels, height, width] = imageShape(node, input);
      return [channels + node.before + node.after, height, width];
    }
    case 'add':
      if (inputs[1]!.join() !== input.join()) {
        throw new CascadeError(
          `The node ${node.name} adds values of the shapes ${describe(input)} and ${describe(inputs[1]!)}.`,
        );
      }
      return input;
    case 'batch-normalization':
    case 'affine':
    case 'relu':
    case 'relu6':
      return input;
  }
}

function windowed(
  node: Convolution | AveragePool | MaxPool,
  [, height, width]: readonly [number, number, number],
): readonly number[] {
  const { kernel, stride, padding } = node;
  const rows = Math.floor((height + padding.top + padding.bottom - kernel[0]) / stride[0]) + 1;
  const columns = Math.floor((width + padding.left + padding.right - kernel[1]) / stride[1]) + 1;
  if (rows < 1 || columns < 1)
    throw misfit(node, [height, width], `at least ${kernel[0]}×${kernel[1]} pixels`);
  return [rows, columns];
}

function imageShape(node: GraphNode, shape: Shape): readonly [number, number, number] {
  if (shape.length !== 3) throw misfit(node, shape, 'channels, height and width');
  return [shape[0]!, shape[1]!, shape[2]!];
}

function misfit(node: GraphNode, shape: Shape, wanted: string): CascadeError {
  return new CascadeError(
    `The node ${node.name} (${node.kind}) takes ${wanted} but is given the shape ${describe(shape)}.`,
  );
}

function describe(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}
