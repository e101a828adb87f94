import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { keptPreprocessing } from '../../../lib/cascade/attach/kept-preprocessing.js';
import type { Backbone } from '../../../lib/cascade/backbone/load-backbone.js';
import { randomBackbone } from '../../../lib/network/random-network.js';
import { readsOrRefuses } from '../../support/mutations.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const VARIANTS = ['3x3', '1x1'].map((stride) => ({
  architecture: `ResNet, ${stride}`,
  network: randomBackbone(3),
  openChoices: new Map([['bottleneck_stride', stride]]),
}));
const BACKBONE = {
  network: VARIANTS[0]!.network,
  variants: async () => VARIANTS,
} as unknown as Backbone;
const KEPT = {
  normalization: { mean: [0.5, 0.4, 0.3], std: [0.25, 0.25, 0.2] },
  open_choices: { bottleneck_stride: '1x1' },
};

test('a kept reading is gone on with, and one that was changed is understood or refused in one sentence', async (t) => {
  const work = await temporaryFolder(t);
  const file = path.join(work, 'reading.json');
  await writeFile(file, JSON.stringify(KEPT));
  // What is kept needs neither images nor an engine.
  const context = { work, options: {} } as unknown as Parameters<typeof keptPreprocessing>[1];
  const goOn = () => keptPreprocessing(BACKBONE, context, 'reading.json');
  t.deepEqual(await goOn(), { normalization: KEPT.normalization, variant: VARIANTS[1]! });
  await readsOrRefuses(t, file, goOn);
});
