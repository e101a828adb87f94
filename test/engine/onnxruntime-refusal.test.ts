import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import { CascadeError } from '../../lib/errors.js';

test('an operator that ONNX Runtime does not take is refused in a sentence', async (t) => {
  const engine = await openEngine('onnxruntime');
  const graph = {
    input: 'x',
    inputShape: [3, 8, 8],
    nodes: [
      {
        kind: 'operator',
        name: 'y',
        operator: 'Pad',
        inputs: ['x', { integers: new Array<number>(8).fill(0), shape: [8] }],
        attributes: { mode: 'nonsense' },
      },
    ],
    output: 'y',
  } as const;
  const error = await t.throwsAsync(engine.load({ graph, parameters: new Map() }, {}), {
    instanceOf: CascadeError,
  });
  t.regex(error!.message, /^ONNX Runtime does not take the network: .*; export the model again\.$/);
});
