import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BackendName } from '../../lib/engine/tensorflow/backend-names.js';
import { createNpy } from '../../lib/files/npy/npy.js';
import { fitHeads } from '../../lib/heads/fit-heads.js';
import { HEAD_KINDS, type HeadKindName } from '../../lib/heads/head-kinds.js';
import { recipeOf } from '../../lib/heads/recipe.js';
import { encodeHalf } from '../../lib/stats/half-precision.js';
import { createRandom } from '../../lib/stats/random.js';

/** A head as large as one at the end of an ImageNet ResNet-50. */
const FEATURES = 2048;
const CLASSES = 1000;
const IMAGES = 25_600;

/** Distance of the classes from each other, relative to the noise around them: neither easy nor hopeless. */
const SEPARATION = 0.16;

export type LargeHeadRow = {
  readonly head: HeadKindName;
  readonly backend: BackendName;
  readonly images: number;
  readonly features: number;
  readonly classes: number;
  readonly seconds: number;
  /** Peak of the process up to here, the fits before included. */
  readonly peak_memory_mb: number;
  readonly held_out_accuracy_percent: number;
  /** Loss of the last epoch, in nats. */
  readonly loss: number;
};

/** Fits large heads on invented features from disk on several backends. */
export async function fitLargeHeads(backends: readonly BackendName[]): Promise<readonly LargeHeadRow[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-heads-'));
  try {
    const file = path.join(folder, 'features.npy');
    const labels = await writeFeatures(file);
    const rows: LargeHeadRow[] = [];
    for (const head of ['linear', 'mlp'] as const) {
      for (const backend of backends) {
        const kind = HEAD_KINDS[head];
        const start = performance.now();
        const [fitted] = await fitHeads(
          [
            {
              kind,
              inputShape: [FEATURES, 1, 1],
              classes: CLASSES,
              featureFiles: [file],
              labels,
              recipe: recipeOf(kind),
              seed: 0,
            },
          ],
          { backend },
        );
        const { heldOutAccuracy, loss } = fitted!.epochs.at(-1)!;
        rows.push({
          head,
          backend,
          images: IMAGES,
          features: FEATURES,
          classes: CLASSES,
          seconds: Number(((performance.now() - start) / 1000).toFixed(1)),
          peak_memory_mb: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
          held_out_accuracy_percent: Number((100 * heldOutAccuracy).toFixed(2)),
          loss: Number(loss.toFixed(4)),
        });
        console.log(JSON.stringify(rows.at(-1)));
      }
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Each class a direction of its own, noise around it, negative values cut off as by a ReLU. @returns the class of each row. */
async function writeFeatures(file: string): Promise<Uint16Array> {
  const random = createRandom(0);
  const noise = (): number => random() + random() + random() + random() - 2;
  const centres = Float32Array.from({ length: CLASSES * FEATURES }, () => SEPARATION * noise());
  const labels = Uint16Array.from({ length: IMAGES }, () => Math.floor(CLASSES * random()));
  const writer = await createNpy(file, '<f2', [IMAGES, FEATURES]);
  const row = new Float32Array(FEATURES);
  const half = new Uint16Array(FEATURES);
  for (const label of labels) {
    for (let feature = 0; feature < FEATURES; feature++)
      row[feature] = Math.max(0, centres[label * FEATURES + feature]! + noise());
    encodeHalf(row, half);
    await writer.append(half);
  }
  await writer.commit();
  return labels;
}
