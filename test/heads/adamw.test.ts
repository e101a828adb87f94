import test from 'ava';
import { openBackend } from '../../lib/engine/tensorflow/backend.js';
import { AdamWVariable } from '../../lib/heads/adamw.js';

test.before(() => openBackend('cpu'));

/** `torch.optim.AdamW(lr=0.1)` of PyTorch 2.14 in float64, the values after each of three steps. */
const STEPS = [
  {
    gradient: [0.5, -1, 2, 0],
    decayed: [0.899000002, -1.898000001, 0.3995000005, 2.997],
    free: [0.900000002, -1.900000001],
  },
  {
    gradient: [0.25, 1, -4, 1e-3],
    decayed: [0.8048830404754623, -1.9013651588411051, 0.4357108530873296, 2.91959036973369],
    free: [0.8067820404774624, -1.9052631588421052],
  },
  {
    gradient: [-0.5, 0.5, 1, 0],
    decayed: [0.7929998505586188, -1.9246072239219125, 0.4489442084876568, 2.8591497835212145],
    free: [0.7957037336010943, -1.9304065890817537],
  },
];

test.serial(
  'a weight matrix takes the steps of PyTorch, decay and all, and a bias those without decay',
  async (t) => {
    const tf = await import('@tensorflow/tfjs-core');
    const matrix = new AdamWVariable(Float32Array.of(1, -2, 0.5, 3), [2, 2], true);
    const bias = new AdamWVariable(Float32Array.of(1, -2), [1, 2], false);
    for (const { gradient, decayed, free } of STEPS) {
      matrix.update(tf.tensor2d(gradient, [2, 2]), 0.1, 0.01);
      bias.update(tf.tensor2d(gradient.slice(0, 2), [1, 2]), 0.1, 0.01);
      const found = [...matrix.value.dataSync(), ...bias.value.dataSync()];
      // Float32 keeps seven digits.
      for (const [index, value] of [...decayed, ...free].entries())
        t.true(Math.abs(found[index]! - value) < 2e-6, `${index}: ${found[index]} against ${value}`);
    }
  },
);

test.serial('steps keep no tensor but the value and its two means', async (t) => {
  const tf = await import('@tensorflow/tfjs-core');
  const before = tf.memory().numTensors;
  const variable = new AdamWVariable(Float32Array.of(1), [1, 1], true);
  const gradient = tf.tensor2d([1], [1, 1]);
  for (let step = 0; step < 3; step++) variable.update(gradient, 0.1, 0.01);
  gradient.dispose();
  t.is(tf.memory().numTensors, before + 3);
  variable.dispose();
  t.is(tf.memory().numTensors, before);
});
