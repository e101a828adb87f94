import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import { randomBackbone } from '../../lib/network/random-network.js';
import { subnetwork } from '../../lib/network/segments.js';
import { randomImages } from '../../scripts/bench/random-images.js';

test('segments between cut points, run one after another, give the logits of the whole network', async (t) => {
  const network = randomBackbone(2);
  const { graph } = network;
  const engine = await openEngine();
  const source = randomImages(7);
  const images = new Uint8Array(7 * 3072);
  await source.readImages(
    Uint32Array.from({ length: 7 }, (_, index) => index),
    images,
  );
  const whole = await engine.load(network, { inputType: 'uint8' });
  const [expected] = await whole.run(images, 7);
  const values = [graph.input, ...cutPoints(graph).map(({ value }) => value), graph.output];
  let current: Uint8Array | Float32Array = images;
  for (let index = 1; index < values.length; index++) {
    if (values[index] === values[index - 1]) continue;
    const part = subnetwork(network, values[index - 1]!, [values[index]!]);
    const segment = await engine.load(part, index === 1 ? { inputType: 'uint8' } : {});
    [current] = (await segment.run(current, 7)) as [Float32Array];
    await segment.dispose();
  }
  const scale = Math.max(...expected!.map(Math.abs));
  t.is(current.length, expected!.length);
  for (const [index, value] of expected!.entries()) {
    // Float32 rounding through a few dozen layers.
    t.true(Math.abs(value - current[index]!) <= 1e-5 * scale);
  }
  await whole.dispose();
});
