import test from 'ava';
import type { ImageSource } from '../../../lib/data/image-source.js';
import { openEngine } from '../../../lib/engine/open-engine.js';
import {
  type FitNetworkOptions,
  type FitProgress,
  fitNetwork,
} from '../../../lib/heads/networks/fit-network.js';
import { STUDENT_RECIPE } from '../../../lib/heads/networks/network-recipe.js';
import { studentGraph } from '../../../lib/heads/networks/student-graph.js';
import { withPixelInput } from '../../../lib/network/input/pixel-input.js';
import { createRandom } from '../../../lib/stats/random.js';
import { initialParameters } from '../../../lib/training/initial-parameters.js';

const COUNT = 400;
const SIZE = 64;

const STUDENT = studentGraph({ inputShape: [1, 8, 8], classes: 4, width: 4 });

/** Images of noise with one bright half: above, below, left or right. */
function halves(): ImageSource {
  const random = createRandom(1);
  const labels = Uint16Array.from({ length: COUNT }, () => Math.floor(4 * random()));
  const pixels = Uint8Array.from({ length: COUNT * SIZE }, (_, index) => {
    const [row, column] = [Math.floor((index % SIZE) / 8), index % 8];
    const isBright = [row < 4, row > 3, column < 4, column > 3][labels[Math.floor(index / SIZE)]!];
    return 100 * random() + (isBright ? 60 : 0);
  });
  return {
    name: 'halves',
    count: COUNT,
    shape: [1, 8, 8],
    labels,
    async readImages(indices, into) {
      for (const [position, index] of Array.from(indices).entries())
        into.set(pixels.subarray(index * SIZE, (index + 1) * SIZE), position * SIZE);
    },
    close: async () => {},
  };
}

function options(source = halves()): FitNetworkOptions {
  return {
    source,
    rows: Uint32Array.from({ length: COUNT }, (_, row) => row),
    teacher: Float32Array.from({ length: 4 * COUNT }, (_, index) =>
      index % 4 === source.labels[Math.floor(index / 4)] ? 6 : 0,
    ),
    augmentation: { crop_padding: 1, flip: false },
    begun: withPixelInput(
      { graph: STUDENT, parameters: initialParameters(STUDENT, createRandom(3)) },
      { mean: [0.3], std: [0.2] },
    ),
    frozen: new Set(['pixels.scale', 'pixels.shift']),
    recipe: { ...STUDENT_RECIPE, epochs: 3, batchSize: 32, heldOutShare: 0.25 },
    seed: 3,
  };
}

test('a network learns what its images show', async (t) => {
  const { heldOutAccuracy } = await fitNetwork(await openEngine('onnxruntime'), options());
  // By chance it would be right for a quarter.
  t.true(heldOutAccuracy > 0.9, `${heldOutAccuracy}`);
});

test('a fit that was interrupted ends with the same bytes as one in one go', async (t) => {
  const engine = await openEngine('onnxruntime');
  const kept: FitProgress[] = [];
  const onEpoch = async (progress: FitProgress): Promise<void> => {
    kept.push(progress);
  };
  const whole = await fitNetwork(engine, { ...options(), onEpoch });
  t.deepEqual(
    kept.map(({ epochs }) => epochs),
    [1, 2, 3],
  );
  for (const from of [undefined, kept[0]!, kept[2]!])
    t.deepEqual(await fitNetwork(engine, { ...options(), from }), whole);
});

test('to say beforehand how long it takes changes nothing', async (t) => {
  const engine = await openEngine('onnxruntime');
  const estimates: number[] = [];
  const told = await fitNetwork(engine, { ...options(), onEstimate: (seconds) => estimates.push(seconds) });
  t.is(estimates.length, 1);
  t.deepEqual(told, await fitNetwork(engine, options()));
});

test('a fit stops where it is told to', async (t) => {
  const signal = AbortSignal.abort(new Error('enough'));
  await t.throwsAsync(fitNetwork(await openEngine('onnxruntime'), { ...options(), signal }), {
    message: 'enough',
  });
});

test('what is frozen stays as it was, and all else is fitted', async (t) => {
  const given = options();
  const isEarly = (name: string): boolean => /^(pixels|conv1|bn1|layer1)/.test(name);
  const frozen = new Set([...given.begun.parameters.keys()].filter(isEarly));
  const { parameters } = await fitNetwork(await openEngine('onnxruntime'), { ...given, frozen });
  for (const [name, { data }] of given.begun.parameters) {
    const fitted = parameters.get(name)!.data;
    if (frozen.has(name)) t.deepEqual(fitted, data, name);
    else t.notDeepEqual(fitted, data, name);
  }
});
