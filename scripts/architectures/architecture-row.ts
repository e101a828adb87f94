import path from 'node:path';
import * as ort from 'onnxruntime-node';
import { openEngine } from '../../lib/engine/open-engine.js';
import { CascadeError } from '../../lib/errors.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import { totalMacs } from '../../lib/network/macs.js';
import { elementCount } from '../../lib/network/tensor.js';
import { createRandom } from '../../lib/stats/random.js';
import { readNetwork } from '../../lib/weights/read-network.js';

/** What cascade makes of one file. */
export type ArchitectureRow = {
  readonly network: string;
  /** Why it is not read; empty otherwise. */
  readonly refused: string;
  /** Largest difference of a logit from the file run by itself, over two images. */
  readonly logits_difference: number | null;
  /** Largest logit, to hold that against. */
  readonly largest_logit: number | null;
  readonly macs: number | null;
  /** What fvcore counts of convolutions and products; null where that is not known. */
  readonly fvcore_macs: number | null;
  /** Places for exits. */
  readonly places: number | null;
};

const IMAGES = 2;

export async function architectureRow(file: string, fvcore: number | null): Promise<ArchitectureRow> {
  const about = { network: path.parse(file).name, fvcore_macs: fvcore };
  try {
    const { network } = await readNetwork(file);
    const { graph } = network;
    const random = createRandom(1);
    const size = elementCount(graph.inputShape);
    const images = Float32Array.from({ length: IMAGES * size }, () => 2 * random() - 1);
    const engine = await openEngine('onnxruntime');
    const program = await engine.load(foldBatchNormalization(network), {});
    const [ours] = await program.run(images, IMAGES);
    await program.dispose();
    const original = await runByItself(file, images, graph.inputShape);
    return {
      ...about,
      refused: '',
      logits_difference: largest(original.map((logit, index) => logit - ours![index]!)),
      largest_logit: largest(original),
      macs: totalMacs(graph),
      places: cutPoints(graph).length - 1,
    };
  } catch (error) {
    if (!(error instanceof CascadeError)) throw error;
    const { message: refused } = error;
    return { ...about, refused, logits_difference: null, largest_logit: null, macs: null, places: null };
  }
}

/** The file as it is, image by image, since some are exported for one alone. */
async function runByItself(
  file: string,
  images: Float32Array,
  shape: readonly number[],
): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(file, { logSeverityLevel: 3 });
  const size = elementCount(shape);
  const logits: number[] = [];
  for (let start = 0; start < images.length; start += size) {
    const image = new ort.Tensor('float32', images.slice(start, start + size), [1, ...shape]);
    const results = await session.run({ [session.inputNames[0]!]: image });
    logits.push(...(results[session.outputNames[0]!]!.data as Float32Array));
  }
  await session.release();
  return Float32Array.from(logits);
}

function largest(numbers: Float32Array): number {
  return numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
}
