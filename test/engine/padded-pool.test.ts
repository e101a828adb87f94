import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import type { Graph } from '../../lib/network/graph.js';

const KERNEL = { kernel: [2, 2], stride: [2, 2] } as const;
const NONE = { top: 0, bottom: 0, left: 0, right: 0 };
const BEFORE = { ...NONE, top: 1, left: 1 };

function padded(pool: 'max-pool' | 'average-pool'): Graph {
  return {
    input: 'image',
    inputShape: [1, 3, 3],
    nodes: [
      { kind: 'pad', name: 'padded', input: 'image', padding: BEFORE },
      { kind: pool, name: 'pooled', input: 'padded', ...KERNEL, padding: NONE },
    ],
    output: 'pooled',
  };
}

for (const [pool, expected] of [
  ['max-pool', [0, 0, 0, -5]],
  ['average-pool', [-0.25, -1.25, -2.75, -7]],
] as const) {
  test(`zeros put around an image count in the ${pool} behind them, and nowhere else`, async (t) => {
    const engine = await openEngine();
    const program = await engine.load({ graph: padded(pool), parameters: new Map() }, {});
    const image = Float32Array.of(-1, -2, -3, -4, -5, -8, -7, -6, -9);
    const [pooled] = await program.run(image, 1);
    await program.dispose();
    for (const [index, value] of expected.entries()) t.true(Math.abs(pooled![index]! - value) < 1e-6);
  });
}
