import tf = require('@tensorflow/tfjs-core');

import type { Network } from '../../network/graph.js';
import { inputsOf } from '../../network/graph.js';
import { subnetwork } from '../../network/segments.js';
import { inferShapes } from '../../network/shapes.js';
import type { Engine, Program, ProgramOptions } from '../engine.js';
import { type BackendFailure, openBackend } from './backend.js';
import type { BackendName } from './backend-names.js';
import { channelsFirst, channelsLast, operatorOf } from './operators.js';
import { planSteps } from './plan.js';
import { Weights } from './weights.js';

/**
 * TensorFlow.js on one of its backends. A run blocks the thread until it is done.
 *
 * @param wanted take this backend or fail; the fastest that works when left out.
 * @param onFailure told of every faster backend that does not work.
 * @throws CascadeError if none works.
 */
export async function openTensorflowEngine(
  wanted?: BackendName,
  onFailure: (failure: BackendFailure) => void = () => {},
): Promise<Engine> {
  const { backend, registeredName, version, failures } = await openBackend(wanted);
  failures.forEach(onFailure);
  return {
    name: 'tensorflow',
    version,
    backend,
    load: (network, options) => load(network, options, registeredName),
  };
}

async function load(network: Network, options: ProgramOptions, backend: string): Promise<Program> {
  const outputNames = options.outputs ?? [network.graph.output];
  const { graph, parameters } = subnetwork(network, network.graph.input, outputNames);
  const shapes = inferShapes(graph);
  use(backend);
  const weights = new Weights(parameters);
  const steps = planSteps(graph, outputNames).map((step) => {
    try {
      return { ...step, operator: operatorOf(step, shapes, weights) };
    } catch (error) {
      weights.dispose();
      throw error;
    }
  });
  const compute = (input: Uint8Array | Float32Array, count: number): Float32Array[] => {
    const images = tf.tensor(input, [count, ...graph.inputShape], 'float32');
    const values = new Map([[graph.input, channelsLast(images)]]);
    for (const { node, operator, value, spent } of steps) {
      // What an operator makes on its way is given up at once, not at the end of the run.
      values.set(
        value,
        tf.tidy(() => operator(...inputsOf(node).map((name) => values.get(name)!))),
      );
      for (const name of spent) values.get(name)!.dispose();
    }
    return outputNames.map((name) => channelsFirst(values.get(name)!).dataSync<'float32'>());
  };
  return {
    outputs: outputNames.map((name) => ({ name, shape: shapes.get(name)! })),
    async run(input, count, into) {
      use(backend);
      let results: readonly Float32Array[] = [];
      // Not as what `tidy` returns: it would look for tensors in every element.
      tf.tidy(() => {
        results = compute(input, count);
      });
      // A backend may hand out the memory of a tensor that the caller has given or is given twice.
      const arrays = into ?? results.map(({ length }) => new Float32Array(length));
      for (const [index, array] of arrays.entries()) array.set(results[index]!);
      return arrays;
    },
    dispose: async () => weights.dispose(),
  };
}

/** Makes a backend the current one, where a program on another one ran in the meantime: at once, since it is initialised. */
function use(backend: string): void {
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}
