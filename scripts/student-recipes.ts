// What each choice of the recipe of heads that are networks is worth: fits by scripts/recipes/fit_variants.py (PyTorch, a GPU), judged as
// the only exit of ResNet-56 before it.
//
// node dist/scripts/student-recipes.js <folder of fit_variants.py> <cascade of ResNet-56 on CIFAR-10> [csv]
import path from 'node:path';
import { z } from 'zod';
import { loadManifest } from '../lib/artifact/manifest.js';
import { usageError } from '../lib/errors.js';
import type { ExitCosts } from '../lib/exits/exit-table.js';
import type { RecordedOutputs } from '../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../lib/exits/scoring.js';
import { readLayout } from '../lib/files/json-layout.js';
import { readNpy } from '../lib/files/npy/npy.js';
import { HEAD_KINDS } from '../lib/heads/head-kinds.js';
import { deepGraph } from '../lib/heads/networks/deep-graph.js';
import { studentGraph } from '../lib/heads/networks/student-graph.js';
import { cifarResNet } from '../lib/network/architectures/resnet-cifar.js';
import { cutPoints } from '../lib/network/cut-points.js';
import { foldedGraph } from '../lib/network/fold-batch-norm.js';
import { totalMacs } from '../lib/network/macs.js';
import { loadPool } from '../lib/records/recorded-cascade.js';
import { writeCsv } from '../lib/report/csv.js';
import { renderTable } from '../lib/report/table.js';
import { percent } from '../lib/stats/percent.js';
import { resplit } from './resplits/resplit.js';

const SPLITS = 20;

const VARIANTS = {
  schema: z.array(
    z.strictObject({
      name: z.string(),
      seed: z.int(),
      /** Channels of a student's first stage; null for a deep head. */
      width: z.int().nullable(),
      /** Block that a deep head stands after; null for a student. */
      trunk: z.int().nullable(),
      epochs: z.int(),
      test_accuracy: z.number(),
      /** On one H200, fitting alone. */
      seconds: z.number(),
    }),
  ),
  remedy: 'run fit_variants.py again',
};

const [folder, cascade, csv = 'results/heads/recipes.csv'] = process.argv.slice(2);
if (folder === undefined || cascade === undefined)
  throw usageError('Give the folder that fit_variants.py wrote, and a cascade of ResNet-56.');
const file = path.join(folder, 'variants.json');
const variants = await readLayout(file, VARIANTS, `${file} is not there; ${VARIANTS.remedy}`);
const { shape, data } = await readNpy(path.join(folder, 'logits.npy'));
const { outputs: pool } = await loadPool(cascade, await loadManifest(cascade));
const size = shape[1]! * shape[2]!;
const rows = variants.map(({ name, seed, width, trunk, epochs, test_accuracy, seconds }, index) => {
  const costs = costsOf(width, trunk);
  const outputs: RecordedOutputs = {
    ...pool,
    exitLogits: [data.slice(index * size, (index + 1) * size)],
    costs,
  };
  const figures = resplit(outputs, { method: 'shared', scoring: DEFAULT_SCORING, labelFree: false }, SPLITS);
  return {
    variant: name,
    seed,
    epochs,
    macs_percent: percent((costs.backbone[0]! + costs.heads[0]!) / costs.full),
    accuracy_percent: percent(test_accuracy),
    seconds: Number(seconds.toFixed(1)),
    saved_at_one_point_percent: figures.saved_at_one_point_percent,
    certified_saved_percent: figures.certified_saved_percent,
    splits: SPLITS,
  };
});
await writeCsv(csv, rows);
console.log(
  renderTable(
    ['variant', 'seed', 'MACs', 'accuracy', 'saved at 1 point', 'certified'],
    rows.map((row) => [
      row.variant,
      String(row.seed),
      ...[
        row.macs_percent,
        row.accuracy_percent,
        row.saved_at_one_point_percent,
        row.certified_saved_percent,
      ].map((value) => `${value.toFixed(1)} %`),
    ]),
    1,
  ),
);

/** Costs of a student before ResNet-56, or of a deep head after one of its blocks. */
function costsOf(width: number | null, trunk: number | null): ExitCosts {
  const inputShape = [3, 32, 32];
  const backbone = foldedGraph(cifarResNet({ inputShape, classes: 10, blocksPerStage: 9, shortcut: 'A' }));
  const full = totalMacs(backbone);
  if (trunk === null) {
    const student = totalMacs(studentGraph({ inputShape, classes: 10, width: width! }));
    return { backbone: [student], heads: [0], full, members: [0, 1] };
  }
  const { macs, shape: map } = cutPoints(backbone)[trunk]!;
  return { backbone: [macs], heads: [totalMacs(deepGraph(HEAD_KINDS.deep, map, 10))], full };
}
