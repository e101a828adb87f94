import test from 'ava';
import { HEAD_KIND_NAMES } from '../../lib/heads/head-kinds.js';
import { epochsOf, oneCycle } from '../../lib/heads/recipe.js';

/** `OneCycleLR(max_lr=6e-3, total_steps=20)` of PyTorch 2.14. */
const ONE_CYCLE = [
  0.00024, 0.0007900310562001514, 0.0022300310562001512, 0.004009968943799848, 0.0054499689437998485, 0.006,
  0.005924784037410524, 0.005702907792080842, 0.0053454970654263, 0.004870473923698579, 0.004301658010747805,
  0.0036675721316177354, 0.003000012, 0.0023324518683822642, 0.001698365989252195, 0.0011295500763014218,
  0.0006545269345737002, 0.0002971162079191577, 7.523996258947532e-5, 2.4e-8,
];

test('the learning rates of a cycle are those of PyTorch', (t) => {
  for (const [step, rate] of ONE_CYCLE.entries()) {
    const found = oneCycle(step, 20, 6e-3);
    t.true(Math.abs(found - rate) < 1e-15, `step ${step}: ${found} against ${rate}`);
  }
});

test('heads with a convolution are fitted in fewer epochs, deep ones in more, class means in one look', (t) => {
  const epochs = HEAD_KIND_NAMES.map((name) => [name, epochsOf(name)]);
  t.deepEqual(Object.fromEntries(epochs), {
    linear: 10,
    paper: 10,
    mlp: 10,
    conv: 6,
    conv1x1: 6,
    deep: 18,
    means: 1,
  });
});
