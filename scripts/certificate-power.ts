// How much a promise lets a cascade save, by the bound that tests it and by the share of the calibration images that make the
// path: means over halvings of real records, thresholds from one half, savings on the other.
//
// node dist/scripts/certificate-power.js <cascade> [csv]

import { loadManifest } from '../lib/artifact/manifest.js';
import { makeCertifiedPath, type Search } from '../lib/calibrate/calibrate.js';
import {
  certifiedUnderDrop,
  type DropTest,
  exactDropTest,
  remembered,
} from '../lib/calibrate/certified-path.js';
import { stratifiedHalves } from '../lib/data/split.js';
import { usageError } from '../lib/errors.js';
import { outputRows, type RecordedOutputs } from '../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../lib/exits/scoring.js';
import { loadPool } from '../lib/records/recorded-cascade.js';
import { writeCsv } from '../lib/report/csv.js';
import { renderTable } from '../lib/report/table.js';
import { bettingPValue } from '../lib/stats/betting-p-value.js';
import { clopperPearson } from '../lib/stats/clopper-pearson.js';
import { hoeffdingBentkus } from '../lib/stats/hoeffding-bentkus.js';
import { normalCdf } from '../lib/stats/normal-cdf.js';
import { percent } from '../lib/stats/percent.js';
import { tangoScore } from '../lib/stats/tango-score.js';
import { realised } from './resplits/resplit.js';

type Realised = ReturnType<typeof realised>;

const FULL_NETWORK: Realised = { drop: 0, saved: 0 };

const TWICE = 'exact, two partitions at half the error';

const SPLITS = 20;
const CONFIDENCE = 0.95;
const PATH_SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
const SEARCH: Search = { method: 'paper-path', scoring: DEFAULT_SCORING, labelFree: false };

/** Bounds by name; `valid` ones keep their level at every sample size. */
const BOUNDS: Readonly<Record<string, { readonly valid: boolean; readonly test: DropTest }>> = {
  'exact paired, ordered by Tango': { valid: true, test: exactDropTest },
  "Tango's score": {
    valid: false,
    test: ({ breaks, repairs }, images, drop) => normalCdf(tangoScore(breaks, repairs, images, drop)),
  },
  betting: {
    valid: true,
    test: ({ breaks, repairs }, images, drop) => bettingPValue(breaks, repairs, images, drop),
  },
  'Clopper-Pearson on breaks and repairs': {
    valid: true,
    // Half of the error on either side, so that both hold together.
    test: ({ breaks, repairs }, images, drop) => {
      const most = clopperPearson(breaks, images, CONFIDENCE).high;
      const least = clopperPearson(repairs, images, CONFIDENCE).low;
      return most - least <= drop ? 0 : 1;
    },
  },
  'Hoeffding-Bentkus': {
    valid: true,
    test: ({ breaks, repairs }, images, drop) =>
      hoeffdingBentkus((1 + (breaks - repairs) / images) / 2, images, (1 + drop) / 2),
  },
};

/** A row of the CSV file. */
type PowerRow = Readonly<Record<'cascade' | 'bound', string>> & { readonly valid: boolean } & Readonly<
    Record<
      | 'path_share_percent'
      | 'max_drop_points'
      | 'splits'
      | 'mean_saved_percent'
      | 'worst_drop_points'
      | 'over',
      number
    >
  >;

const [folder, file = 'results/power.csv'] = process.argv.slice(2);
if (folder === undefined) throw usageError('Give a cascade folder.');
const manifest = await loadManifest(folder);
const { outputs } = await loadPool(folder, manifest);
const halves = Array.from({ length: SPLITS }, (_, seed) => {
  const [first, second] = stratifiedHalves(outputs.labels, seed);
  return [outputRows(outputs, first), outputRows(outputs, second)] as const;
});
const tests = Object.entries(BOUNDS).map(([bound, { valid, test }]) => ({
  bound,
  valid,
  test: remembered(test),
}));
const exact = remembered(exactDropTest);
const target = { kind: 'max-drop', drop: 0.01 } as const;

const rows: PowerRow[] = [];
for (const share of PATH_SHARES) {
  const made = halves.map(([making], seed) => makeCertifiedPath(making, SEARCH, target, seed, share));
  for (const { bound, valid, test } of tests) {
    const outcomes = made.map(({ path, scoring }, seed) => {
      const point = certifiedUnderDrop(path, target.drop, CONFIDENCE, outputs.costs, test);
      return point === undefined
        ? FULL_NETWORK
        : realised(halves[seed]![1], { scoring, thresholds: point.thresholds });
    });
    rows.push(summaryRow(bound, valid, share, outcomes));
  }
  rows.push(
    summaryRow(
      TWICE,
      true,
      share,
      halves.map(([making, judging], seed) => twice(making, judging, seed, share)),
    ),
  );
  console.error(`path share ${percent(share)} %`);
}
await writeCsv(file, rows);
console.log(
  `MACs saved under a promise of at most 1 point, ${SPLITS} halvings, by the share that makes the path\n`,
);
console.log(
  renderTable(
    ['bound', ...PATH_SHARES.map((share) => `${percent(share)} %`)],
    [...tests, { bound: TWICE, valid: true }].map(({ bound, valid }) => [
      valid ? bound : `${bound} (asymptotic)`,
      ...rows.filter((row) => row.bound === bound).map((row) => `${row.mean_saved_percent.toFixed(1)} %`),
    ]),
  ),
);

/** Two partitions of the same images, each tested at half the error; the cheaper of what they certify. */
function twice(making: RecordedOutputs, judging: RecordedOutputs, seed: number, share: number): Realised {
  const [best] = [seed, SPLITS + seed]
    .flatMap((partition) => {
      const { path, scoring } = makeCertifiedPath(making, SEARCH, target, partition, share);
      const point = certifiedUnderDrop(path, target.drop, (1 + CONFIDENCE) / 2, making.costs, exact);
      return point === undefined ? [] : [{ point, scoring, cost: point.cost / path.images }];
    })
    .sort((a, b) => a.cost - b.cost);
  return best === undefined
    ? FULL_NETWORK
    : realised(judging, { scoring: best.scoring, thresholds: best.point.thresholds });
}

function summaryRow(bound: string, valid: boolean, share: number, outcomes: readonly Realised[]): PowerRow {
  return {
    cascade: manifest.name,
    bound,
    valid,
    path_share_percent: percent(share),
    max_drop_points: percent(target.drop),
    splits: SPLITS,
    mean_saved_percent: percent(outcomes.reduce((sum, { saved }) => sum + saved, 0) / SPLITS),
    worst_drop_points: percent(Math.max(...outcomes.map(({ drop }) => drop))),
    over: outcomes.filter(({ drop }) => drop > target.drop).length,
  };
}
