import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import { studentGraph } from '../../lib/heads/networks/student-graph.js';
import { parameterShapes } from '../../lib/network/parameter-shapes.js';
import { elementCount, type Tensor } from '../../lib/network/tensor.js';
import { openTrainingStep, type TrainingState } from '../../lib/training/training-step.js';
import { fromVector, toVector } from '../../lib/training/vector-layout.js';

const BATCH = 6;
const GRAPH = studentGraph({ inputShape: [3, 8, 8], classes: 3, width: 4 });

/** Values that any language can compute, continued from parameter to parameter in the network's order. */
function initialParameters(): ReadonlyMap<string, Tensor> {
  let count = 0;
  return new Map(
    [...parameterShapes(GRAPH)].map(([name, shape]) => {
      const data = Float32Array.from({ length: elementCount(shape) }, () => {
        const value = ((count++ * 7919) % 1009) / 1009;
        if (name.endsWith('running_mean')) return 0;
        if (name.endsWith('running_var')) return 1;
        return /(bn\d|downsample\.1)\.weight$/.test(name) ? value * 0.5 + 0.75 : (value - 0.5) * 0.6;
      });
      return [name, { shape, data }];
    }),
  );
}

/** Three steps on the same images, with the losses before each. */
async function threeSteps() {
  const step = await openTrainingStep(GRAPH, await openEngine('onnxruntime'), {
    batchSize: BATCH,
    momentum: 0.9,
    weightDecay: 5e-3,
    distillation: { temperature: 4, share: 0.3 },
  });
  const batch = {
    images: Uint8Array.from({ length: BATCH * 3 * 64 }, (_, index) => (index * 7919) % 256),
    labels: [0, 2, 1, 1, 0, 2],
    teacher: Float32Array.from({ length: BATCH * 3 }, (_, index) => (((index * 37) % 19) - 9) / 3),
  };
  const parameters = toVector(step.learned, initialParameters());
  let state: TrainingState = {
    parameters,
    velocity: new Float32Array(parameters.length),
    statistics: toVector(step.statistics, initialParameters()),
  };
  const losses: number[] = [];
  for (let count = 0; count < 3; count++) {
    const result = await step.run(state, batch, 0.1);
    losses.push(result.loss);
    state = result.state;
  }
  await step.dispose();
  const after = new Map([
    ...fromVector(step.learned, state.parameters),
    ...fromVector(step.statistics, state.statistics),
  ]);
  return { losses, state, after };
}

/**
 * Values of PyTorch 2.14.1 in float64: `SGD(lr=0.1, momentum=0.9, weight_decay=5e-3, nesterov=True)` on `0.7 * cross_entropy(z, y) +
 * 0.3 * 16 * kl_div(log_softmax(z / 4), softmax(t / 4), reduction='batchmean')`.
 */
const LOSSES = [1.2313735368, 0.7401877231, 0.6316129766];

/** Likewise, after the third step: sum, first and last value. */
const PARAMETERS: Readonly<Record<string, readonly [number, number, number]>> = {
  'conv1.weight': [3.279346, -0.70386, 0.13269],
  'bn1.weight': [3.790672, 1.455387, 0.545442],
  'bn1.bias': [-0.122341, -0.131263, 0.038101],
  'bn1.running_mean': [31.854322, -6.228709, 14.067534],
  'bn1.running_var': [12886.088401, 2515.606987, 3511.469432],
  'layer1.0.conv1.weight': [7.716003, -0.1289, 0.485481],
  'layer1.0.bn1.weight': [3.71565, 0.842029, 1.377271],
  'layer1.0.bn1.bias': [0.073749, 0.067213, -0.027238],
  'layer1.0.bn1.running_mean': [0.249715, -0.194788, 0.378953],
  'layer1.0.bn1.running_var': [4.695018, 1.013183, 1.891108],
  'layer1.0.conv2.weight': [-0.328614, 0.331074, -0.159985],
  'layer1.0.bn2.weight': [4.207445, 0.653723, 0.988342],
  'layer1.0.bn2.bias': [-0.606682, -0.117139, -0.388586],
  'layer1.0.bn2.running_mean': [-0.020875, 0.067773, -0.042591],
  'layer1.0.bn2.running_var': [3.419991, 0.834152, 0.855572],
  'layer2.0.conv1.weight': [-0.550132, 0.082791, -0.202131],
  'layer2.0.bn1.weight': [7.837672, 0.746317, 1.183576],
  'layer2.0.bn1.bias': [-0.034317, 0.180039, 0.138585],
  'layer2.0.bn1.running_mean': [-0.064162, -0.185822, -0.068468],
  'layer2.0.bn1.running_var': [8.536376, 1.185449, 1.066474],
  'layer2.0.conv2.weight': [2.296335, -0.1959, 0.283717],
  'layer2.0.bn2.weight': [8.244309, 1.210966, 1.143803],
  'layer2.0.bn2.bias': [0.198753, 0.049952, 0.051616],
  'layer2.0.bn2.running_mean': [0.077436, 0.054812, 0.000899],
  'layer2.0.bn2.running_var': [6.511587, 0.816913, 0.823832],
  'layer2.0.downsample.0.weight': [0.931262, 0.358258, -0.088139],
  'layer2.0.downsample.1.weight': [7.617686, 0.780664, 0.773393],
  'layer2.0.downsample.1.bias': [0.415519, 0.226444, 0.228108],
  'layer2.0.downsample.1.running_mean': [0.021955, 0.072618, -0.001358],
  'layer2.0.downsample.1.running_var': [6.130243, 0.77156, 0.737948],
  'layer3.0.conv1.weight': [2.084044, -0.14836, 0.14807],
  'layer3.0.bn1.weight': [15.900889, 1.014884, 0.850608],
  'layer3.0.bn1.bias': [0.122134, -0.218455, 0.197582],
  'layer3.0.bn1.running_mean': [-0.69404, -0.260475, -0.142649],
  'layer3.0.bn1.running_var': [15.747447, 0.939853, 0.899897],
  'layer3.0.conv2.weight': [1.037444, 0.217062, 0.08795],
  'layer3.0.bn2.weight': [15.819006, 1.022798, 0.865091],
  'layer3.0.bn2.bias': [-0.096409, -0.238457, 0.187303],
  'layer3.0.bn2.running_mean': [0.124768, 0.037354, 0.11209],
  'layer3.0.bn2.running_var': [12.475597, 0.773341, 0.804246],
  'layer3.0.downsample.0.weight': [0.735721, 0.164514, 0.044864],
  'layer3.0.downsample.1.weight': [15.246748, 0.908397, 0.797763],
  'layer3.0.downsample.1.bias': [0.6066, 0.291021, 0.119193],
  'layer3.0.downsample.1.running_mean': [0.033019, 0.028233, 0.028596],
  'layer3.0.downsample.1.running_var': [12.078849, 0.740243, 0.763987],
  'fc.weight': [-0.330479, 0.166361, -0.056638],
  'fc.bias': [-0.453965, -0.063605, -0.228543],
};

test('three steps with distillation, decay and momentum are those of PyTorch', async (t) => {
  const { losses, after } = await threeSteps();
  for (const [index, loss] of losses.entries()) t.true(Math.abs(loss - LOSSES[index]!) < 1e-4, `${loss}`);
  t.deepEqual([...after.keys()].sort(), Object.keys(PARAMETERS).sort());
  for (const [name, expected] of Object.entries(PARAMETERS)) {
    const { data } = after.get(name)!;
    const found = [data.reduce((sum, value) => sum + value, 0), data[0]!, data.at(-1)!];
    for (const [index, value] of expected.entries())
      t.true(
        Math.abs(found[index]! - value) < 1e-3 + 1e-4 * Math.abs(value),
        `${name}: ${found} against ${expected}`,
      );
  }
});

test('the same steps give the same bytes', async (t) => {
  const [first, second] = [await threeSteps(), await threeSteps()];
  t.deepEqual(first.losses, second.losses);
  t.deepEqual(first.state, second.state);
});

test('an engine that runs no training steps is refused with what to do', async (t) => {
  const { loadStep, ...engine } = await openEngine('onnxruntime');
  await t.throwsAsync(openTrainingStep(GRAPH, engine, { batchSize: BATCH, momentum: 0, weightDecay: 0 }), {
    message: /^The engine onnxruntime fits no whole networks; install onnxruntime-node/,
  });
});
