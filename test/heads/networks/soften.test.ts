import test from 'ava';
import { openEngine } from '../../../lib/engine/open-engine.js';
import { softened } from '../../../lib/heads/networks/soften.js';
import { randomBackbone } from '../../../lib/network/random-network.js';

test('a softened network gives its logits divided by the number', async (t) => {
  const network = randomBackbone(1);
  const pixels = new Uint8Array(3 * 32 * 32).map((_, index) => index % 251);
  const logitsOf = async (parameters: typeof network.parameters): Promise<Float32Array> => {
    const program = await (await openEngine('onnxruntime')).load(
      { graph: network.graph, parameters },
      { inputType: 'uint8' },
    );
    const [logits] = await program.run(pixels, 1);
    await program.dispose();
    return logits!;
  };
  const [before, after] = [await logitsOf(network.parameters), await logitsOf(softened(network, 2))];
  // Halving is exact in floating point.
  t.deepEqual(
    after,
    before.map((value) => value / 2),
  );
  t.true(before.some((value) => value !== 0));
});
