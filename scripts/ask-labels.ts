// How many labels a promise needs: halves of the recorded images are taken for images without labels, `cascade ask` is answered in its
// order until the answer is certain, and what is certified then is compared with what all labels certify, what no label does, and
// what as many labels of images drawn at random do.
//
// node dist/scripts/ask-labels.js <csv> <cascade…>
import { makeCertifiedPath, type Search } from '../lib/calibrate/calibrate.js';
import { certifiedUnderDrop, exactDropTest, remembered } from '../lib/calibrate/certified-path.js';
import { labelsLeft } from '../lib/calibrate/disputes/labels-left.js';
import { type Passes, passesDropTest } from '../lib/calibrate/disputes/passes.js';
import { makeUnlabelledPath } from '../lib/calibrate/disputes/unlabelled-path.js';
import { stratifiedHalves } from '../lib/data/split.js';
import { usageError } from '../lib/errors.js';
import { outputRows, type RecordedOutputs } from '../lib/exits/recorded-outputs.js';
import { writeCsv } from '../lib/report/csv.js';
import { renderTable } from '../lib/report/table.js';
import { writePicture } from '../lib/report/write-picture.js';
import { percent } from '../lib/stats/percent.js';
import { permutation } from '../lib/stats/permutation.js';
import { createRandom } from '../lib/stats/random.js';
import { labelUntilCertain, lastPassing, tabulatedTest } from './labels/labelling.js';
import { labelsPicture } from './labels/labels-picture.js';
import { poolWithSearch } from './pools/pool-with-search.js';

const SPLITS = 20;
const DROPS = [0, 0.005, 0.01, 0.02];
const CONFIDENCE = 0.95;

const exact = remembered(exactDropTest);

const [file, ...folders] = process.argv.slice(2);
if (file === undefined || folders.length === 0) throw usageError('Give a CSV file and cascade folders.');
const rows = [];
for (const folder of folders) {
  const { manifest, outputs, search } = await poolWithSearch(folder);
  for (const drop of DROPS) {
    // All halves have the same number of images.
    const passes = tabulatedTest(Math.floor(outputs.labels.length / 2), drop, CONFIDENCE);
    const runs = Array.from({ length: SPLITS }, (_, seed) => {
      const [half] = stratifiedHalves(outputs.labels, seed);
      return asking(outputRows(outputs, half), { search, drop, seed, passes });
    });
    const mean = (value: (run: (typeof runs)[number]) => number): number =>
      runs.reduce((sum, run) => sum + value(run), 0) / SPLITS;
    rows.push({
      cascade: manifest.name,
      dataset: manifest.dataset,
      max_drop_points: percent(drop),
      splits: SPLITS,
      images: runs[0]!.images,
      labels_at_most: Math.round(mean(({ atMost }) => atMost)),
      labels_given: Math.round(mean(({ given }) => given)),
      labels_given_fewest: Math.min(...runs.map(({ given }) => given)),
      labels_given_most: Math.max(...runs.map(({ given }) => given)),
      labels_saved_percent: percent(1 - mean(({ given }) => given) / runs[0]!.images),
      other_decisions: runs.filter(({ isSame }) => !isSame).length,
      macs_saved_percent: percent(mean(({ saved }) => saved)),
      macs_saved_without_labels_percent: percent(mean(({ withoutLabels }) => withoutLabels)),
      macs_saved_by_random_labels_percent: percent(mean(({ byRandom }) => byRandom)),
    });
    await writeCsv(file, rows);
    await writePicture(labelsPicture(rows), [file.replace(/(\.csv)?$/, '.png')]);
    console.error(`${manifest.name}, ${percent(drop)} points`);
  }
}
console.log(
  renderTable(
    ['cascade', 'drop', 'images', 'labels at most', 'given', 'saved', 'no label', 'as many at random'],
    rows.map((row) => [
      row.cascade,
      `${row.max_drop_points} pt`,
      row.images,
      row.labels_at_most,
      `${row.labels_given} (${row.labels_given_fewest} to ${row.labels_given_most})`,
      ...[
        row.macs_saved_percent,
        row.macs_saved_without_labels_percent,
        row.macs_saved_by_random_labels_percent,
      ].map((saved) => `${saved.toFixed(1)} %`),
    ]),
  ),
);

interface Asking {
  readonly search: Search;
  readonly drop: number;
  readonly seed: number;
  /** The test of the drop on as many images. */
  readonly passes: Passes;
}

/** One set of images whose labels are asked for; savings are fractions of the MACs. */
function asking(outputs: RecordedOutputs, { search, drop, seed, passes }: Asking) {
  const images = outputs.labels.length;
  const path = makeUnlabelledPath(outputs, search, { kind: 'max-drop', drop }, seed);
  const answers = labelUntilCertain(path, outputs.labels, passes);
  const { full } = outputs.costs;
  const savedAt = (point: number): number => {
    const cost = path.points[point]?.cost ?? images * full;
    return Math.max(0, 1 - cost / images / full);
  };
  const saved = savedAt(lastPassing(path, answers, passes));
  const random = permutation(images, createRandom(seed)).subarray(0, answers.size);
  return {
    images,
    atMost: labelsLeft(
      path.disputes,
      path.points.length,
      new Map(),
      passesDropTest(images, drop, CONFIDENCE, exact),
    ).length,
    given: answers.size,
    saved,
    isSame: saved === certifiedSavings(outputs, search, drop, seed),
    withoutLabels: savedAt(lastPassing(path, new Map(), passes)),
    byRandom: random.length === 0 ? 0 : certifiedSavings(outputRows(outputs, random), search, drop, seed),
  };
}

/** What calibrating with the labels of all of some images saves on them. */
function certifiedSavings(outputs: RecordedOutputs, search: Search, drop: number, seed: number): number {
  const target = { kind: 'max-drop', drop } as const;
  const { path } = makeCertifiedPath(outputs, search, target, seed);
  const point = certifiedUnderDrop(path, drop, CONFIDENCE, outputs.costs, exact);
  return point === undefined ? 0 : 1 - point.cost / outputs.labels.length / outputs.costs.full;
}
