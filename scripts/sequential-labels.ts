// Would an anytime-valid test save labels? Halves of the recorded images are taken for images without labels. For a share of what all labels
// certify, the labels are counted that two ways need at the least: the exact test in the order of `cascade ask`, where a missing label counts
// as a break, and betting on images in a random order (Waudby-Smith & Ramdas 2024), which may stop as soon as the wealth is large enough.
// Both are told where to stop, as if somebody knew, which favours betting: it cannot know which candidates it will get to.
//
// node dist/scripts/sequential-labels.js <csv> <cascade…>
import { makeUnlabelledPath } from '../lib/calibrate/disputes/unlabelled-path.js';
import { stratifiedHalves } from '../lib/data/split.js';
import { usageError } from '../lib/errors.js';
import { outputRows, type RecordedOutputs } from '../lib/exits/recorded-outputs.js';
import { writeCsv } from '../lib/report/csv.js';
import { renderTable } from '../lib/report/table.js';
import { percent } from '../lib/stats/percent.js';
import { quantile } from '../lib/stats/quantile.js';
import { createRandom } from '../lib/stats/random.js';
import { labelsByBetting } from './labels/bet-on-labels.js';
import { labelsForCandidate, lastPassing, tabulatedTest } from './labels/labelling.js';
import { poolWithSearch } from './pools/pool-with-search.js';

const SPLITS = 20;
const DROPS = [0.005, 0.01, 0.02];
/** Shares of the savings that all labels certify. */
const SHARES = [0.5, 0.75, 0.9, 1];
const CONFIDENCE = 0.95;

type Row = {
  readonly cascade: string;
  readonly dataset: string;
  readonly max_drop_points: number;
  readonly share_of_savings_percent: number;
  /** Halvings of which all labels certify something. */
  readonly splits: number;
  readonly labels_exact_median: number;
  /** Null where fewer than half of the halvings get there. */
  readonly labels_betting_median: number | null;
  readonly betting_reached_percent: number;
  /** Halvings where betting takes fewer labels than the exact test. */
  readonly betting_fewer_percent: number;
};

const [file, ...folders] = process.argv.slice(2);
if (file === undefined || folders.length === 0) throw usageError('Give a CSV file and cascade folders.');
const rows: Row[] = [];
for (const folder of folders) {
  const { manifest, outputs, search } = await poolWithSearch(folder);
  for (const drop of DROPS) {
    const passes = tabulatedTest(Math.floor(outputs.labels.length / 2), drop, CONFIDENCE);
    const needs = Array.from({ length: SPLITS }, (_, seed) => {
      const [half] = stratifiedHalves(outputs.labels, seed);
      return needed(outputRows(outputs, half), seed);
    });
    SHARES.forEach((share, index) => {
      const of = needs.flatMap((each) => each[index] ?? []);
      const betting = of.map(({ byBetting }) => byBetting ?? Number.POSITIVE_INFINITY);
      const median = quantile(betting, 0.5);
      rows.push({
        cascade: manifest.name,
        dataset: manifest.dataset,
        max_drop_points: percent(drop),
        share_of_savings_percent: percent(share),
        splits: of.length,
        labels_exact_median: Math.round(
          quantile(
            of.map(({ exact }) => exact),
            0.5,
          ),
        ),
        labels_betting_median: Number.isFinite(median) ? Math.round(median) : null,
        betting_reached_percent: percent(betting.filter(Number.isFinite).length / of.length),
        betting_fewer_percent: percent(
          of.filter(({ exact }, each) => betting[each]! < exact).length / of.length,
        ),
      });
    });
    await writeCsv(file, rows);
    console.error(`${manifest.name}, ${percent(drop)} points`);

    /** Labels that the two ways need for each share; none where nothing is certified by all labels. */
    function needed(images: RecordedOutputs, seed: number) {
      const path = makeUnlabelledPath(images, search, { kind: 'max-drop', drop }, seed);
      const truth = new Map(path.disputes.map(({ image }) => [image, images.labels[image]!]));
      const last = lastPassing(path, truth, passes);
      const full = images.labels.length * images.costs.full;
      const saved = path.points.map(({ cost }) => 1 - cost / full);
      if (!(saved[last]! > 0)) return [];
      const random = createRandom(seed);
      return SHARES.map((share) => {
        const point = saved.findIndex((each) => each >= share * saved[last]!);
        return {
          exact: labelsForCandidate(path, truth, point, passes),
          byBetting: labelsByBetting(path, truth, point, { drop, confidence: CONFIDENCE, random }),
        };
      });
    }
  }
}
console.log(
  renderTable(
    ['cascade', 'drop', 'of the savings', 'exact', 'betting', 'reached', 'fewer by betting'],
    rows.map((row) => [
      row.cascade,
      `${row.max_drop_points} pt`,
      `${row.share_of_savings_percent} %`,
      row.labels_exact_median,
      row.labels_betting_median,
      `${row.betting_reached_percent} %`,
      `${row.betting_fewer_percent} %`,
    ]),
  ),
);
