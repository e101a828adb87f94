import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import type { Network, Parameters } from '../../lib/network/graph.js';
import { elementCount } from '../../lib/network/tensor.js';
import { createRandom } from '../../lib/stats/random.js';
import { openTrainingStep, type TrainingStep } from '../../lib/training/training-step.js';
import { toVector, vectorLength } from '../../lib/training/vector-layout.js';
import { BATCH, CLASSES, SMALL_NETWORKS } from './small-networks.js';

const random = createRandom(11);
const LABELS = [0, 2, 1, 2];
const TEACHER = Float32Array.from({ length: BATCH * CLASSES }, () => 6 * random() - 3);

/** Input scaling is no part of what is learned. */
function fixedOf({ parameters }: Network): Parameters {
  return new Map([...parameters].filter(([name]) => name.startsWith('pixel.')));
}

async function openStep(network: Network, share: number | undefined): Promise<TrainingStep> {
  const engine = await openEngine('onnxruntime');
  return openTrainingStep(network.graph, engine, {
    batchSize: BATCH,
    momentum: 0,
    weightDecay: 0,
    fixed: fixedOf(network),
    ...(share !== undefined && { distillation: { temperature: 4, share } }),
  });
}

for (const [title, network] of Object.entries(SMALL_NETWORKS)) {
  test(`gradients of ${title} are those of numerical differences`, async (t) => {
    const step = await openStep(network, title.includes('ReLU') ? 0.5 : undefined);
    const parameters = toVector(step.learned, network.parameters);
    const statistics = toVector(step.statistics, network.parameters);
    const images = Uint8Array.from(
      { length: BATCH * elementCount(network.graph.inputShape) },
      () => 256 * random(),
    );
    const at = (values: Float32Array) =>
      step.run(
        { parameters: values, velocity: new Float32Array(values.length), statistics },
        { images, labels: LABELS, teacher: TEACHER },
        0,
      );
    // Without momentum and decay the velocity after the first step is the gradient.
    const gradient = (await at(parameters)).state.velocity;
    let first = 0;
    for (const [name, shape] of step.learned) {
      const end = first + elementCount(shape);
      for (let trial = 0; trial < 3; trial++) {
        const direction = new Float32Array(parameters.length);
        for (let index = first; index < end; index++) direction[index] = 2 * random() - 1;
        const by = 5e-4 / Math.hypot(...direction.subarray(first, end));
        const moved = async (sign: number): Promise<number> =>
          (await at(parameters.map((value, index) => value + sign * by * direction[index]!))).loss;
        const numerical = ((await moved(1)) - (await moved(-1))) / (2 * by);
        const analytic = direction.reduce((sum, each, index) => sum + each * gradient[index]!, 0);
        const size = Math.hypot(...direction) * Math.hypot(...gradient.subarray(first, end));
        t.true(
          Math.abs(numerical - analytic) < 1e-3 + 0.01 * size,
          `${name}: ${numerical} against ${analytic}`,
        );
        t.true(size > 1e-4, `${name} has a gradient`);
      }
      first = end;
    }
    t.is(first, vectorLength(step.learned));
    await step.dispose();
  });
}
