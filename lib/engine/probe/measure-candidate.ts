import type { Graph } from '../../network/graph.js';
import { totalMacs } from '../../network/macs.js';
import { randomBackbone, randomParameters } from '../../network/random-network.js';
import { elementCount } from '../../network/tensor.js';
import type { Engine, Program } from '../engine.js';
import { openEngine } from '../open-engine.js';
import { libraryVersion } from '../tensorflow/native-binding.js';
import type { Candidate } from './candidates.js';

/** What a candidate that works was found to do. Throughputs are in multiply-accumulates a second. */
export interface Measured {
  readonly version: string;
  /** Version of the libtensorflow behind a native backend. */
  readonly library?: string;
  /** ResNet-20 on one image, and on 64 at once; null where that would take too long. */
  readonly macsPerSecondBatch1: number;
  readonly macsPerSecondBatch64: number | null;
  /** Product of two matrices of 1,024 × 1,024, the best of several; null where that would take too long. */
  readonly macsPerSecondMatrix: number | null;
  /** Logits of ResNet-20 on the probe's image. */
  readonly logits: readonly number[];
}

const BATCH = 64;
const MATRIX = 1024;

/** Seconds of running that a figure rests on, after a first run; what is slower by itself runs once. */
const SECONDS = 1;

/** What would take longer than this many seconds a run is not measured. */
const PATIENCE = 20;

/**
 * Opens a candidate and measures it.
 *
 * @throws CascadeError if it cannot be used.
 */
export async function measureCandidate(candidate: Candidate): Promise<Measured> {
  const { engine: name, ...choice } = candidate;
  const engine = await openEngine(name, choice);
  const network = randomBackbone(3);
  const macs = totalMacs(network.graph);
  const program = await engine.load(network, { inputType: 'uint8' });
  const [logits] = await program.run(probeImage(elementCount(network.graph.inputShape)), 1);
  const single = await throughput(program, network.graph, 1, macs);
  const isBearable = (work: number): boolean => work / single.typical < PATIENCE;
  const batch = isBearable(BATCH * macs) ? await throughput(program, network.graph, BATCH, macs) : null;
  await program.dispose();
  const matrix = isBearable(MATRIX ** 3) ? await matrixThroughput(engine) : null;
  const isNative = engine.backend === 'tfjs-node' || engine.backend === 'tfjs-node-gpu';
  return {
    version: engine.version,
    ...(isNative ? { library: libraryVersion(engine.backend as 'tfjs-node') } : {}),
    macsPerSecondBatch1: single.typical,
    macsPerSecondBatch64: batch?.typical ?? null,
    macsPerSecondMatrix: matrix,
    logits: [...logits!],
  };
}

/** Every value once and again: an image that no channel sees as constant. */
function probeImage(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 167) % 256);
}

async function matrixThroughput(engine: Engine): Promise<number> {
  const graph: Graph = {
    input: 'rows',
    inputShape: [MATRIX],
    nodes: [{ kind: 'linear', name: 'product', input: 'rows', outputFeatures: MATRIX, weight: 'columns' }],
    output: 'product',
  };
  const program = await engine.load({ graph, parameters: randomParameters(graph, 0) }, {});
  const { best } = await throughput(program, graph, MATRIX, MATRIX ** 2);
  await program.dispose();
  return best;
}

/** @param macs of one of the `count` inputs. */
async function throughput(
  program: Program,
  { inputShape }: Graph,
  count: number,
  macs: number,
): Promise<{ readonly typical: number; readonly best: number }> {
  const length = count * elementCount(inputShape);
  const input = inputShape.length === 1 ? new Float32Array(length).fill(1) : probeImage(length);
  const run = async (): Promise<number> => {
    const start = performance.now();
    await program.run(input, count);
    return (performance.now() - start) / 1000;
  };
  const first = await run();
  const seconds: number[] = [];
  if (first > SECONDS) seconds.push(first);
  for (let total = 0; total < SECONDS && first <= SECONDS; total += seconds.at(-1)!)
    seconds.push(await run());
  seconds.sort((a, b) => a - b);
  return {
    typical: (count * macs) / seconds[seconds.length >> 1]!,
    best: (count * macs) / seconds[0]!,
  };
}
