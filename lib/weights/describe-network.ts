import { counted } from '../counted.js';
import { blocksOf } from '../network/cut-points.js';
import type { Graph } from '../network/graph.js';
import { quoted } from './quoted.js';

/**
 * What to call a network whose file tells its structure but no architecture by name.
 *
 * @param origin the format, and who or what made it.
 * @example describeNetwork(graph, 'ONNX, pytorch 1.13.0'); // 'Residual network of 15 blocks (ONNX, pytorch 1.13.0)'
 */
export function describeNetwork(graph: Graph, origin: string): string {
  const blocks = blocksOf(graph).length;
  return `${blocks === 0 ? 'Network' : `Residual network of ${counted(blocks, 'block')}`} (${quoted(origin)})`;
}
