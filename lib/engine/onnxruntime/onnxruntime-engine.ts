import os from 'node:os';
import * as ort from 'onnxruntime-node';
import { CascadeError } from '../../errors.js';
import { forBlockedLayout } from '../../network/blocked-layout.js';
import type { Network } from '../../network/graph.js';
import { randomBackbone } from '../../network/random-network.js';
import { subnetwork } from '../../network/segments.js';
import { inferShapes } from '../../network/shapes.js';
import type { Engine, OnnxProgram, OnnxValues, Program, ProgramOptions, StepProgram } from '../engine.js';
import { requireFullPrecision } from '../full-precision.js';
import type { DeviceName } from './devices.js';
import { writeOnnx } from './write-onnx.js';

// What fails is thrown; the library would print it a second time, above the sentence that the user reads.
ort.env.logLevel = 'fatal';
requireFullPrecision();

/**
 * ONNX Runtime: each network becomes a session of its own, fed with ONNX bytes from memory. What a device cannot compute runs on
 * the CPU.
 *
 * @throws CascadeError if this build or this machine lacks the device.
 */
export async function openOnnxruntimeEngine(device: DeviceName = 'cpu'): Promise<Engine> {
  const common = {
    name: 'onnxruntime',
    version: ort.env.versions.node ?? ort.env.versions.common,
    load: (network: Network, options: ProgramOptions) => load(network, options, device),
    loadStep: (bytes: Uint8Array) => loadStep(bytes, device),
  };
  // Branches of a graph are decided on the CPU: on another device every exit would be a round trip inside the graph.
  if (device === 'cpu') return { ...common, loadOnnx };
  await tryDevice(device);
  return { ...common, backend: device };
}

/** @throws CascadeError if a small network does not run there. */
async function tryDevice(device: DeviceName): Promise<void> {
  const supported = ort.listSupportedBackends().map(({ name }) => name);
  if (!supported.includes(device)) {
    throw new CascadeError(
      `ONNX Runtime has no device ${device} on ${process.platform} ${process.arch}; it has ${supported.join(', ')}.`,
    );
  }
  try {
    const program = await load(randomBackbone(1), { inputType: 'uint8' }, device);
    await program.run(new Uint8Array(3 * 32 * 32), 1);
    await program.dispose();
  } catch (error) {
    throw new CascadeError(
      `ONNX Runtime cannot use the device ${device}: ${reasonOf(error)}; ${REMEDY[device]}.`,
      undefined,
      { cause: error },
    );
  }
}

const REMEDY: Readonly<Record<DeviceName, string>> = {
  cpu: 'install cascade again',
  cuda: "it needs an NVIDIA GPU with CUDA 12 and cuDNN 9, and the package's CUDA files, which `npm rebuild onnxruntime-node --foreground-scripts` fetches",
  webgpu: 'it needs a GPU with a driver for Vulkan (Linux), Metal (macOS) or Direct3D 12 (Windows)',
  coreml: 'it needs macOS 10.15 or later',
  dml: 'it needs a GPU with a driver for Direct3D 12',
};

/** The last sentence of the library's message, behind the places in its source. */
function reasonOf(error: unknown): string {
  const [line] = (error as Error).message.split('\n');
  return line!
    .replace(/^.* was false\. /, '')
    .replace(/^.*\[ONNXRuntimeError\] : \d+ : \w+ : /, '')
    .replace(/\.$/, '')
    .trim();
}

async function load(network: Network, options: ProgramOptions, device: DeviceName): Promise<Program> {
  const outputNames = options.outputs ?? [network.graph.output];
  // What no wanted output needs is left out here: ONNX Runtime would compute it all the same.
  const needed = subnetwork(network, network.graph.input, outputNames);
  const { graph } = needed;
  const session = await opened(writeOnnx(forBlockedLayout(needed), options), device);
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
  const session = await opened(bytes, 'cpu');
  const [input] = session.inputNames;
  return {
    async run(pixels, shape) {
      const results = await session.run({ [input!]: new ort.Tensor('uint8', pixels, shape) }, outputs);
      return outputs.map((name) => results[name]!.data as OnnxValues);
    },
    dispose: () => session.release(),
  };
}

async function loadStep(bytes: Uint8Array, device: DeviceName): Promise<StepProgram> {
  const session = await openSession(bytes, device);
  return {
    async run(inputs) {
      const feeds = Object.entries(inputs).map(([name, { type, data, shape }]) => [
        name,
        new ort.Tensor(type, data, shape),
      ]);
      const results = await session.run(Object.fromEntries(feeds));
      return Object.fromEntries(
        Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]),
      );
    },
    dispose: () => session.release(),
  };
}

/** @throws CascadeError if ONNX Runtime does not take an operator that passed through; of a device, what it says itself. */
async function opened(bytes: Uint8Array, device: DeviceName): Promise<ort.InferenceSession> {
  try {
    return await openSession(bytes, device);
  } catch (error) {
    if (device !== 'cpu') throw error;
    throw new CascadeError(
      `ONNX Runtime does not take the network: ${reasonOf(error)}; export the model again.`,
      undefined,
      { cause: error },
    );
  }
}

function openSession(bytes: Uint8Array, device: DeviceName): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(bytes, {
    executionProviders: [device],
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
