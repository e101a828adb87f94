import type { Convolution, GraphNode, Network, Pad } from './graph.js';
import { consumersOf } from './graph.js';

/** The same function with padding before a convolution as part of it, where nothing else reads the padded image. */
export function foldPadding({ graph, parameters }: Network): Network {
  const consumers = consumersOf(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  for (const node of graph.nodes) {
    const before = node.kind === 'convolution' ? nodes.get(node.input) : undefined;
    if (node.kind !== 'convolution' || before?.kind !== 'pad') continue;
    if (consumers.get(before.name)!.length > 1 || graph.output === before.name) continue;
    nodes.delete(before.name);
    nodes.set(node.name, padded(node, before));
  }
  return { graph: { ...graph, nodes: [...nodes.values()] }, parameters };
}

function padded(node: Convolution, { input, padding: { top, bottom, left, right } }: Pad): GraphNode {
  const { padding } = node;
  return {
    ...node,
    input,
    padding: {
      top: padding.top + top,
      bottom: padding.bottom + bottom,
      left: padding.left + left,
      right: padding.right + right,
    },
  };
}
