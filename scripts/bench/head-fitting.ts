import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEngine } from '../../lib/engine/open-engine.js';
import { openBackend } from '../../lib/engine/tensorflow/backend.js';
import { fitHeads } from '../../lib/heads/fit-heads.js';
import { HEAD_KINDS } from '../../lib/heads/head-kinds.js';
import { DEFAULT_RECIPE } from '../../lib/heads/recipe.js';
import { recordFeatures } from '../../lib/heads/record-features.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import { randomBackbone } from '../../lib/network/random-network.js';
import { renderTable } from '../../lib/report/table.js';
import { interleaved } from './interleaved.js';
import { randomImages } from './random-images.js';

const IMAGES = 8192;
const BLOCKS = [8, 17];
const PASSES = 2;

/** Fitting two `mlp` heads of ResNet-56 beside the passes over the backbone that feed them; both grow with the images alike. */
export async function benchHeadFitting(): Promise<void> {
  const network = randomBackbone(9);
  const engine = await openEngine();
  const { backend } = await openBackend();
  const source = randomImages(IMAGES);
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-bench-'));
  const cuts = cutPoints(network.graph);
  const kind = HEAD_KINDS.mlp;
  const file = (pass: number, exit: number): string => path.join(folder, `pass-${pass}-exit-${exit}.npy`);
  const passes = async (): Promise<void> => {
    for (let pass = 0; pass < PASSES; pass++) {
      const targets = BLOCKS.map((block, exit) => ({
        value: cuts[block]!.value,
        kind,
        file: file(pass, exit),
      }));
      await recordFeatures(engine, network, targets, source, {});
    }
  };
  const fits = (): Promise<unknown> =>
    fitHeads(
      BLOCKS.map((block, exit) => ({
        kind,
        inputShape: cuts[block]!.shape,
        classes: 10,
        featureFiles: Array.from({ length: PASSES }, (_, pass) => file(pass, exit)),
        labels: source.labels,
        recipe: DEFAULT_RECIPE,
        seed: exit,
      })),
      { backend },
    );
  try {
    const seconds = await interleaved({ passes, fits }, 2);
    const [passTime, fitTime] = [seconds.get('passes')!, seconds.get('fits')!];
    console.log(`\nTwo mlp heads of ResNet-56 on ${IMAGES} images, ${PASSES} passes, ${backend}:\n`);
    console.log(
      renderTable(
        ['', 'images/s', 'relative to the passes'],
        [
          ['passes over the backbone', ((PASSES * IMAGES) / passTime).toFixed(0), '1.00'],
          ['fitting both heads', '', (fitTime / passTime).toFixed(2)],
        ],
      ),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
