import type { Graph, Shape } from './graph.js';
import { consumersOf, inputsOf } from './graph.js';
import type { MacConvention } from './macs.js';
import { nodeMacs } from './macs.js';
import { inferShapes } from './shapes.js';

/** A value through which everything passes, at the end of a residual block: a place for an exit. */
export interface CutPoint {
  /** Residual block, counted from 0. */
  readonly block: number;
  /** Name of the value. */
  readonly value: string;
  readonly shape: Shape;
  /** Multiply-accumulates of the backbone up to and including this value, for one image. */
  readonly macs: number;
}

/**
 * The cut points of a residual network: after each residual block, before the next reads it.
 *
 * A block ends at the sum of its two branches, or at the ReLU behind the sum where that is the sum's only reader. A sum that
 * other values bypass is no cut point. The last block's is left out only by its use: an exit there saves no convolution.
 */
export function cutPoints(graph: Graph, convention: MacConvention = 'default'): readonly CutPoint[] {
  const consumers = consumersOf(graph);
  const macs = nodeMacs(graph, convention);
  const shapes = inferShapes(graph);
  const bottlenecks = bottleneckValues(graph);
  const points: CutPoint[] = [];
  const ends = new Set<string>();
  let cumulated = 0;
  for (const node of graph.nodes) {
    cumulated += macs.get(node.name)!;
    if (node.kind === 'add') {
      const readers = consumers.get(node.name)!;
      ends.add(readers.length === 1 && readers[0]!.kind === 'relu' ? readers[0]!.name : node.name);
    }
    if (ends.has(node.name) && bottlenecks.has(node.name)) {
      points.push({ block: points.length, value: node.name, shape: shapes.get(node.name)!, macs: cumulated });
    }
  }
  return points;
}

/** Values that are the only one still to be read when they have just been produced. */
function bottleneckValues(graph: Graph): ReadonlySet<string> {
  const lastRead = new Map<string, number>();
  graph.nodes.forEach((node, position) => {
    for (const input of inputsOf(node)) lastRead.set(input, position);
  });
  const bottlenecks = new Set<string>();
  let openUntil = lastRead.get(graph.input) ?? -1;
  graph.nodes.forEach((node, position) => {
    if (openUntil <= position) bottlenecks.add(node.name);
    openUntil = Math.max(openUntil, lastRead.get(node.name) ?? -1);
  });
  return bottlenecks;
}
