import os from 'node:os';
import * as ort from 'onnxruntime-node';
import { forBlockedLayout } from '../../network/blocked-layout.js';
import type { Network } from '../../network/graph.js';
import { subnetwork } from '../../network/segments.js';
import { inferShapes } from '../../network/shapes.js';
import type { Engine, OnnxProgram, OnnxValues, Program, ProgramOptions } from '../engine.js';
import { writeOnnx } from './write-onnx.js';

/** ONNX Runtime on the CPU: each network becomes a session of its own, fed with ONNX bytes from memory. */
export const onnxruntimeEngine: Engine = {
  name: 'onnxruntime',
  version: ort.env.versions.node ?? ort.env.versions.common,
  load,
  loadOnnx,
};

async function load(network: Network, options: ProgramOptions): Promise<Program> {
  const outputNames = options.outputs ?? [network.graph.output];
  // What no wanted output needs is left out here: ONNX Runtime would compute it all the same.
  const needed = subnetwork(network, network.graph.input, outputNames);
  const { graph } = needed;
  const session = await openSession(writeOnnx(forBlockedLayout(needed), options));
  const shapes = inferShapes(graph);
  const inputType = options.inputType ?? 'float32';
  return {
    outputs: outputNames.map((name) => ({ name, shape: shapes.get(name)! })),
    async run(input, count, into) {
      const feeds = { [graph.input]: new ort.Tensor(inputType, input, [count, ...graph.inputShape]) };
      if (into !== undefined) {
        await session.run(
          feeds,
          Object.fromEntries(
            outputNames.map((name, index) => [
              name,
              new ort.Tensor('float32', into[index]!, [count, ...shapes.get(name)!]),
            ]),
          ),
        );
        return into;
      }
      const results = await session.run(feeds);
      return outputNames.map((name) => results[name]!.data as Float32Array);
    },
    dispose: () => session.release(),
  };
}

async function loadOnnx(bytes: Uint8Array, outputs: readonly string[]): Promise<OnnxProgram> {
  const session = await openSession(bytes);
  const [input] = session.inputNames;
  return {
    async run(pixels, shape) {
      const results = await session.run({ [input!]: new ort.Tensor('uint8', pixels, shape) }, outputs);
      return outputs.map((name) => results[name]!.data as OnnxValues);
    },
    dispose: () => session.release(),
  };
}

function openSession(bytes: Uint8Array): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: os.availableParallelism(),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Every session has a thread pool of its own, whose idle threads go on spinning: with two of them they would take the
    // cores from each other and halve the speed. Spinning inside a run pays, so it stops with the run.
    extra: { session: { force_spinning_stop: '1' } },
    logSeverityLevel: 3,
  });
}
