import type { Graph } from '../graph.js';
import { inputsOf } from '../graph.js';

/**
 * Values through which everything passes from the input to the output: the only one still to be read when they have just been produced.
 *
 * @param graph of nodes that its output needs.
 */
export function passedValues(graph: Graph): ReadonlySet<string> {
  const lastRead = new Map<string, number>();
  graph.nodes.forEach((node, position) => {
    for (const input of inputsOf(node)) lastRead.set(input, position);
  });
  const passed = new Set<string>();
  let openUntil = lastRead.get(graph.input) ?? -1;
  graph.nodes.forEach((node, position) => {
    if (openUntil <= position) passed.add(node.name);
    openUntil = Math.max(openUntil, lastRead.get(node.name) ?? -1);
  });
  return passed;
}
