import type { Graph } from '../graph.js';
import { consumersOf } from '../graph.js';
import type { MacConvention } from '../macs.js';
import { nodeMacs } from '../macs.js';
import { inferShapes } from '../shapes.js';
import type { CutPoint } from './cut-point.js';
import { passedValues } from './passed-values.js';

/**
 * The cut points of a residual network: after each residual block, before the next reads it.
 *
 * A block ends at the sum of its two branches, or at the ReLU behind the sum where that is the sum's only reader. A sum that
 * other values bypass is no cut point.
 */
export function residualCuts(graph: Graph, convention: MacConvention = 'default'): readonly CutPoint[] {
  const consumers = consumersOf(graph);
  const macs = nodeMacs(graph, convention);
  const shapes = inferShapes(graph);
  const passed = passedValues(graph);
  const points: CutPoint[] = [];
  const ends = new Set<string>();
  let cumulated = 0;
  for (const node of graph.nodes) {
    cumulated += macs.get(node.name)!;
    if (node.kind === 'add') {
      const readers = consumers.get(node.name)!;
      ends.add(readers.length === 1 && readers[0]!.kind === 'relu' ? readers[0]!.name : node.name);
    }
    if (ends.has(node.name) && passed.has(node.name)) {
      points.push({ block: points.length, value: node.name, shape: shapes.get(node.name)!, macs: cumulated });
    }
  }
  return points;
}
