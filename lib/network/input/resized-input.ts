import type { GraphNode, Network, Shape } from '../graph.js';
import { reading } from '../graph.js';

const NAME = 'resized';

/**
 * A network that takes images of another size and resizes them first: made smaller by a whole factor each pixel is a mean, then what is
 * left is interpolated, so that no pixel is overlooked. Counts no multiply-accumulates, as everywhere in the field.
 *
 * @param shape `[channels, height, width]` of the images; of as many channels as the network takes.
 */
export function withResizedInput({ graph, parameters }: Network, shape: Shape): Network {
  const [, height, width] = shape as readonly [number, number, number];
  const [, rows, columns] = graph.inputShape as readonly [number, number, number];
  if (height === rows && width === columns) return { graph, parameters };
  const factor = [Math.max(1, Math.floor(height / rows)), Math.max(1, Math.floor(width / columns))] as const;
  const nodes: GraphNode[] = [];
  if (factor[0] > 1 || factor[1] > 1) {
    nodes.push({
      ...{ kind: 'average-pool', name: `${NAME}.means`, input: graph.input, kernel: factor, stride: factor },
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
    });
  }
  const input = nodes.at(-1)?.name ?? graph.input;
  nodes.push({ kind: 'resize', name: NAME, input, size: [rows, columns] });
  return {
    graph: {
      ...graph,
      inputShape: shape,
      nodes: [...nodes, ...graph.nodes.map((node) => reading(node, graph.input, NAME))],
    },
    parameters,
  };
}
