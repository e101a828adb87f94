import path from 'node:path';
import { Command, Option } from 'commander';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { parseSeed } from './common/parse.js';
import {
  SCORING_DEFAULTS,
  type ScoringOptions,
  scoringOf,
  withScoringOptions,
} from './common/scoring-options.js';

export interface SweepOptions extends CommonOptions, ScoringOptions {
  readonly method: 'paper-path' | 'joint';
  readonly splitSeed: number;
  readonly results: string;
}

/** What `cascade sweep` does where its user says nothing. */
export const SWEEP_DEFAULTS = { ...SCORING_DEFAULTS, method: 'paper-path', splitSeed: 0 } as const;

export function sweepCommand(run: RunCommand): Command {
  const command = new Command('sweep')
    .description(
      'the whole accuracy-MAC front: thresholds from the calibration split, figures on both splits',
    )
    .argument('<cascade>', 'a folder made by attach or import-records')
    .addOption(
      new Option('--method <name>', 'how thresholds are chosen')
        .choices(['paper-path', 'joint'])
        .default(SWEEP_DEFAULTS.method),
    );
  withScoringOptions(command)
    .option('--split-seed <number>', 'of the halves of a test set', parseSeed, SWEEP_DEFAULTS.splitSeed)
    .option('--results <folder>', 'where CSV files go', 'results')
    .addHelpText('after', '\nExample:\n  cascade sweep r56.cascade');
  return withCommonOptions(command).action((folder: string, options: SweepOptions) =>
    run((context) => sweep(folder, options, context), options),
  );
}

/** Accuracy drops, in points, at which the printed table shows the front. */
const SHOWN_DROPS = [0, 0.25, 0.5, 1, 2, 3, 5];

/** Writes `front.csv` and `exits.csv`, prints the cheapest points within some drops. */
export async function sweep(
  folder: string,
  options: SweepOptions,
  { print, reporter }: CommandContext,
): Promise<void> {
  const { operatingFront } = await import('../calibrate/front.js');
  const { loadManifest } = await import('../artifact/manifest.js');
  const { loadSplit } = await import('../records/recorded-cascade.js');
  const { resultsFolder, writeCsv } = await import('../report/csv.js');
  const { scoredTables } = await import('../exits/recorded-outputs.js');
  const { replayOn } = await import('../exits/replay.js');
  const { evaluateTotals } = await import('../cascade/evaluation.js');
  const { withTemperatures } = await import('../calibrate/temperature.js');
  const { frontRow } = await import('../report/rows-written.js');
  const { singleExitCounts } = await import('../exits/single-exit-counts.js');
  const { singleExitRows } = await import('../report/single-exits.js');
  const { inPoints } = await import('../report/numbers.js');
  const { renderTable } = await import('../report/table.js');

  const { method, splitSeed } = options;
  const manifest = await loadManifest(folder);
  const blocks = manifest.exits.map(({ block }) => block);
  const calibration = await loadSplit(folder, manifest, 'calibration', splitSeed);
  const test = await loadSplit(folder, manifest, 'test', splitSeed);
  const scoring = withTemperatures(await scoringOf(options, manifest.classes, method), calibration.outputs);
  const tables = {
    calibration: scoredTables(calibration.outputs, scoring),
    test: scoredTables(test.outputs, scoring),
  };
  const front = operatingFront(tables.calibration, method, scoring.criterion);
  const rowsOf = (split: 'calibration' | 'test') =>
    front.map(({ thresholds, parameter }) =>
      frontRow(
        manifest,
        { method, scoring, split_seed: splitSeed, parameter: parameter ?? null },
        split,
        evaluateTotals(replayOn(tables[split], thresholds), tables[split].costs, thresholds, blocks),
      ),
    );
  const testRows = rowsOf('test');
  const results = resultsFolder(options.results, manifest);
  await writeCsv(path.join(results, 'front.csv'), [...rowsOf('calibration'), ...testRows]);
  await writeCsv(
    path.join(results, 'exits.csv'),
    singleExitRows(manifest, tables.test.costs, singleExitCounts(tables.test), tables.test.images, splitSeed),
  );
  if (options.json) return print(JSON.stringify(testRows, null, 2));

  print(
    `Front of ${front.length} operating points, figures on the ${test.description} (${tables.test.images} images):\n`,
  );
  const shown = SHOWN_DROPS.map((drop) => {
    const best = testRows
      .filter((row) => (row['drop_points'] as number) <= drop)
      .reduce(
        (a, b) => ((b['macs_saved_percent'] as number) > (a['macs_saved_percent'] as number) ? b : a),
        testRows[0]!,
      );
    return [
      inPoints(drop),
      ...['accuracy_percent', 'macs_saved_percent'].map((key) => `${(best[key] as number).toFixed(2)} %`),
    ];
  });
  print(renderTable(['realised drop at most', 'accuracy', 'MACs saved'], shown));
  reporter.note(`CSV files are in ${results}. Next: cascade plot ${path.join(results, '*.csv')}`);
}
