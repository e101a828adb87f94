import { onnxNode } from '../engine/onnxruntime/write-onnx.js';
import { type BatchNormalization, type Graph, type GraphNode, inputsOf } from '../network/graph.js';
import { parameterShapesOf } from '../network/parameter-shapes.js';
import { inferShapes } from '../network/shapes.js';
import type { NodeWriter } from '../onnx/node-writer.js';
import {
  batchNormalizationGradients,
  type Normalized,
  normalizeBatch,
} from './gradients/batch-normalization.js';
import type { GradientContext, Gradients } from './gradients/gradient.js';
import { nodeGradients } from './gradients/node-gradients.js';

/** A network as it is in training, written down on the way forward, with its way back. */
export interface Differentiated {
  /** What the batch's own statistics are, by the names of the parameters that hold the running ones. */
  readonly statistics: ReadonlyMap<string, string>;
  /**
   * Writes the way back.
   *
   * @param gradient name of the loss's gradient by the network's output.
   * @returns names of the gradients by the learned parameters.
   */
  backward(gradient: string): ReadonlyMap<string, string>;
}

export interface DifferentiateOptions {
  /** Images a step. */
  readonly batchSize: number;
  /** Whether a parameter is learned; running statistics never are. */
  readonly isLearned: (parameter: string) => boolean;
}

/**
 * Reverse-mode differentiation of a network in ONNX's operators: the values keep their names, the parameters are values of theirs, and
 * batch normalisations use the batch's own statistics.
 */
export function differentiate(
  graph: Graph,
  writer: NodeWriter,
  { batchSize, isLearned }: DifferentiateOptions,
): Differentiated {
  const shapes = inferShapes(graph);
  const learnedValues = valuesWithLearned(graph, isLearned);
  const context: GradientContext = {
    writer,
    batchSize,
    shapeOf: (value) => shapes.get(value)!,
    isLearned: (value) => learnedValues.has(value),
  };
  const statistics = new Map<string, string>();
  const normalized = new Map<BatchNormalization, Normalized>();
  for (const node of graph.nodes) {
    if (node.kind === 'batch-normalization') {
      const result = normalizeBatch(node, context);
      normalized.set(node, result);
      statistics.set(node.mean, result.mean).set(node.variance, result.variance);
    } else writer.take(onnxNode(node, graph, shapes));
  }
  const gradientsOf = (node: GraphNode, gradient: string): Gradients =>
    node.kind === 'batch-normalization'
      ? batchNormalizationGradients(node, gradient, normalized.get(node)!, context)
      : nodeGradients(node, gradient, context);
  return {
    statistics,
    backward(gradient) {
      const values = new Sums(writer);
      const parameters = new Sums(writer);
      values.add(graph.output, gradient);
      for (const node of graph.nodes.toReversed()) {
        const whole = values.of(node.name);
        if (whole === undefined || !learnedValues.has(node.name)) continue;
        const gradients = gradientsOf(node, whole);
        for (const [value, part] of gradients.inputs) values.add(value, part);
        for (const [name, part] of gradients.parameters ?? [])
          if (isLearned(name)) parameters.add(name, part);
      }
      return parameters.all();
    },
  };
}

/** The values that depend on a learned parameter. */
function valuesWithLearned(graph: Graph, isLearned: (parameter: string) => boolean): ReadonlySet<string> {
  const shapes = inferShapes(graph);
  const learned = new Set<string>();
  for (const node of graph.nodes) {
    const parameters = parameterShapesOf(node, shapes.get(inputsOf(node)[0]!)!);
    const isOwn = parameters.some(([name]) => isLearned(name));
    if (isOwn || inputsOf(node).some((input) => learned.has(input))) learned.add(node.name);
  }
  return learned;
}

/** Gradients by name; what is read several times has the sum of all. */
class Sums {
  readonly #sums = new Map<string, string>();

  constructor(readonly writer: NodeWriter) {}

  add(name: string, gradient: string): void {
    const sum = this.#sums.get(name);
    this.#sums.set(name, sum === undefined ? gradient : this.writer.emit('Add', [sum, gradient]));
  }

  of(name: string): string | undefined {
    return this.#sums.get(name);
  }

  all(): ReadonlyMap<string, string> {
    return this.#sums;
  }
}
