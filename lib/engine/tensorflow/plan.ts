import type { Graph, GraphNode } from '../../network/graph.js';
import { consumersOf, inputsOf } from '../../network/graph.js';

/** What a convolution or fully connected layer does with its sums, by TensorFlow.js's names. */
export type Activation = 'linear' | 'relu' | 'relu6';

/** One call into TensorFlow.js. */
export interface Step {
  readonly node: GraphNode;
  /** The activation that is computed along with the node. */
  readonly activation: Activation;
  /** The value that comes out: the node's, or that of the activation behind it. */
  readonly value: string;
  /** Values that nothing after this step reads. */
  readonly spent: readonly string[];
}

/**
 * The order of calls that computes some values of a graph. An activation that alone reads a convolution or a fully connected layer
 * is computed along with it; feature maps are given up as soon as nothing needs them.
 *
 * @param outputs values that must be there at the end; every node of the graph is needed for one of them.
 */
export function planSteps(graph: Graph, outputs: readonly string[]): readonly Step[] {
  const steps = fuseActivations(graph, new Set(outputs));
  const lastReader = new Map<string, number>();
  for (const [index, { node }] of steps.entries()) {
    for (const value of inputsOf(node)) lastReader.set(value, index);
  }
  return steps.map((step, index) => ({
    ...step,
    spent: [...new Set(inputsOf(step.node))].filter(
      (value) => lastReader.get(value) === index && !outputs.includes(value),
    ),
  }));
}

function fuseActivations(graph: Graph, outputs: ReadonlySet<string>): Omit<Step, 'spent'>[] {
  const consumers = consumersOf(graph);
  const fused = new Set<GraphNode>();
  const steps: Omit<Step, 'spent'>[] = [];
  for (const node of graph.nodes) {
    if (fused.has(node)) continue;
    const [reader, ...others] = consumers.get(node.name)!;
    const absorbs = node.kind === 'convolution' || node.kind === 'linear';
    if (
      absorbs &&
      (reader?.kind === 'relu' || reader?.kind === 'relu6') &&
      others.length === 0 &&
      !outputs.has(node.name)
    ) {
      fused.add(reader);
      steps.push({ node, activation: reader.kind, value: reader.name });
    } else {
      steps.push({ node, activation: 'linear', value: node.name });
    }
  }
  return steps;
}
