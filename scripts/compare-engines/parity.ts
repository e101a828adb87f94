import path from 'node:path';
import { loadBackbone } from '../../lib/cascade/backbone/load-backbone.js';
import { defaultDataFolder, locateDataset, openSplit } from '../../lib/data/dataset.js';
import type { Engine, Program } from '../../lib/engine/engine.js';
import { openEngine } from '../../lib/engine/open-engine.js';
import { BACKENDS, type BackendName } from '../../lib/engine/tensorflow/backend-names.js';
import { CascadeError } from '../../lib/errors.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import { withPixelInput } from '../../lib/network/input/pixel-input.js';
import { totalMacs } from '../../lib/network/macs.js';
import { argmax } from '../../lib/stats/argmax.js';
import { interleaved } from '../bench/interleaved.js';

/** Images of the comparison of logits; plain JavaScript takes 0.2 s for each. */
const IMAGES = { cpu: 100, others: 2000 } as const;
const BATCH = 128;
const ROUNDS = 5;

/** A backend beside onnxruntime on a network. */
export type ParityRow = {
  readonly network: string;
  readonly engine: string;
  readonly backend: BackendName;
  readonly version: string;
  readonly images: number;
  readonly largest_logit_difference: number;
  readonly different_decisions: number;
  /** Throughputs as shares of onnxruntime's, measured in turns; null for plain JavaScript. */
  readonly relative_throughput_batch_1: number | null;
  readonly relative_throughput_batch_128: number | null;
  readonly gmacs_per_second_batch_128: number | null;
};

/** @param file of a network for CIFAR-10. */
export async function parity(file: string): Promise<readonly ParityRow[]> {
  const { network, normalization } = await loadBackbone(file, [32, 32]);
  const folded = withPixelInput(foldBatchNormalization(network), normalization!);
  const source = await openSplit(await locateDataset('cifar10', defaultDataFolder()), { from: 'test' });
  const images = new Uint8Array(IMAGES.others * 3072);
  await source.readImages(
    Uint32Array.from({ length: IMAGES.others }, (_, row) => row),
    images,
  );
  await source.close();
  const reference = await (await openEngine('onnxruntime')).load(folded, { inputType: 'uint8' });
  const expected = await logitsOf(reference, images);
  const macs = totalMacs(folded.graph);
  const rows: ParityRow[] = [];
  for (const engine of await tensorflowEngines()) {
    const isPlain = engine.backend === 'cpu';
    const program = await engine.load(folded, { inputType: 'uint8' });
    const count = isPlain ? IMAGES.cpu : IMAGES.others;
    const logits = await logitsOf(program, images.subarray(0, count * 3072));
    const decide = (values: Float32Array, image: number): number => argmax(values, image * 10, 10);
    const different = Array.from({ length: count }, (_, image) => image).filter(
      (image) => decide(logits, image) !== decide(expected, image),
    );
    const times = isPlain ? undefined : await timesOf({ reference, program }, images);
    rows.push({
      network: path.basename(file),
      engine: engine.name,
      backend: engine.backend as BackendName,
      version: engine.version,
      images: count,
      largest_logit_difference: Number(
        logits
          .reduce((largest, logit, index) => Math.max(largest, Math.abs(logit - expected[index]!)), 0)
          .toPrecision(2),
      ),
      different_decisions: different.length,
      relative_throughput_batch_1: times?.ratio(1) ?? null,
      relative_throughput_batch_128: times?.ratio(BATCH) ?? null,
      gmacs_per_second_batch_128:
        times === undefined ? null : Number((times.throughput(BATCH, macs) / 1e9).toPrecision(3)),
    });
    await program.dispose();
    console.log(JSON.stringify(rows.at(-1)));
  }
  await reference.dispose();
  return rows;
}

async function tensorflowEngines(): Promise<readonly Engine[]> {
  const engines: Engine[] = [];
  for (const backend of BACKENDS) {
    try {
      engines.push(await openEngine('tensorflow', { backend }));
    } catch (error) {
      if (!(error instanceof CascadeError)) throw error;
      console.log(error.message);
    }
  }
  return engines;
}

/** Logits of many images, by batches. */
async function logitsOf(program: Program, images: Uint8Array): Promise<Float32Array> {
  const count = images.length / 3072;
  const logits = new Float32Array(count * 10);
  for (let first = 0; first < count; first += BATCH) {
    const size = Math.min(BATCH, count - first);
    const [part] = await program.run(images.subarray(first * 3072, (first + size) * 3072), size);
    logits.set(part!, first * 10);
  }
  return logits;
}

/** Times a program and the reference in turns. */
async function timesOf(
  programs: { readonly reference: Program; readonly program: Program },
  images: Uint8Array,
): Promise<{ ratio(size: number): number; throughput(size: number, macs: number): number }> {
  const seconds = new Map<number, ReadonlyMap<string, number>>();
  const repeats = 8;
  for (const size of [1, BATCH]) {
    const batch = images.subarray(0, size * 3072);
    const times = (program: Program) => async () => {
      for (let repeat = 0; repeat < repeats; repeat++) await program.run(batch, size);
    };
    const ways = { reference: times(programs.reference), program: times(programs.program) };
    seconds.set(size, await interleaved(ways, ROUNDS));
  }
  const of = (size: number, name: string): number => seconds.get(size)!.get(name)!;
  return {
    ratio: (size) => Number((of(size, 'reference') / of(size, 'program')).toFixed(3)),
    throughput: (size, macs) => (repeats * size * macs) / of(size, 'program'),
  };
}
