import test from 'ava';
import { HEAD_KINDS } from '../../../lib/heads/head-kinds.js';
import { deepGraph } from '../../../lib/heads/networks/deep-graph.js';
import type { Shape } from '../../../lib/network/graph.js';
import { totalMacs } from '../../../lib/network/macs.js';
import { inferShapes } from '../../../lib/network/shapes.js';

/** Feature maps, the shapes behind both blocks, and the multiply-accumulates of all, 10 classes. */
const MAPS: readonly (readonly [Shape, Shape, Shape, number])[] = [
  // 16·16·32·(144 + 288 + 16), 8·8·64·(288 + 576 + 32), 640
  [[16, 32, 32], [32, 16, 16], [64, 8, 8], 16 * 16 * 32 * 448 + 64 * 64 * 896 + 640],
  // 8·8·64·(288 + 576 + 32), 8·8·64·(576 + 576), 640
  [[32, 16, 16], [64, 8, 8], [64, 8, 8], 64 * 64 * 896 + 64 * 64 * 1152 + 640],
  [[64, 8, 8], [64, 8, 8], [64, 8, 8], 2 * 64 * 64 * 1152 + 640],
  // 28·28·32·(2304 + 288 + 256), 14·14·64·(288 + 576 + 32), 640
  [[256, 56, 56], [32, 28, 28], [64, 14, 14], 784 * 32 * 2848 + 196 * 64 * 896 + 640],
];

for (const [input, first, second, macs] of MAPS) {
  test(`a deep head on ${input.join('×')} costs ${macs} multiply-accumulates`, (t) => {
    const graph = deepGraph(HEAD_KINDS.deep, input, 10);
    const shapes = inferShapes(graph);
    t.is(totalMacs(graph), macs);
    t.deepEqual([shapes.get('layer1.0.relu2'), shapes.get('layer2.0.relu2')], [first, second]);
  });
}
