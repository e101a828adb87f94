import { Command, Option } from 'commander';
import type { Method } from '../calibrate/calibrate.js';
import type { PromiseKind } from '../calibrate/promises/promise-kind.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import {
  type CostOptions,
  parseTimeBudget,
  type TimeBudget,
  withCostOptions,
} from './common/cost-options.js';
import type { Action } from './common/load-body.js';
import { parseConfidence, parseDrop, parsePercentage, parseSeed } from './common/parse.js';
import { withConfigOption } from './common/repeat/config-option.js';
import { SCORING_DEFAULTS, type ScoringOptions, withScoringOptions } from './common/scoring-options.js';

export interface CalibrateCommandOptions extends CommonOptions, ScoringOptions, CostOptions {
  readonly maxDrop?: number;
  readonly maxMacs?: number;
  readonly maxTime?: TimeBudget;
  readonly answers?: string;
  readonly as?: string;
  readonly confidence: number | 'none';
  readonly promise: PromiseKind;
  readonly labels: 'given' | 'none';
  readonly method?: Method;
  readonly splitSeed: number;
  readonly results: string;
}

/** What `cascade calibrate` does where its user says nothing. */
export const CALIBRATE_DEFAULTS = {
  ...SCORING_DEFAULTS,
  confidence: 0.95,
  promise: 'mean',
  labels: 'given',
  splitSeed: 0,
  results: 'results',
  maxDrop: 0.01,
} as const;

export function calibrateCommand(
  calibrate: Action<[folder: string, epsilon: string | undefined, options: CalibrateCommandOptions]>,
): Command {
  const command = new Command('calibrate')
    .description(
      'choose confidence thresholds for an accepted accuracy drop or a budget of MACs or time, on the calibration split',
    )
    .argument('<cascade>', 'a folder made by attach, chain or import-records')
    .argument('[epsilon]', 'with --method paper-epsilon: the slack of each exit, e.g. 1%')
    .option(
      '--max-drop <points>',
      'accept at most this drop of accuracy: 1%, 1pt or 0.01; 0 for none, -0.5% for a gain (default: 1%)',
      parseDrop,
    )
    .option('--max-macs <share>', 'spend at most this share of the full network, e.g. 60%', parsePercentage)
    .option(
      '--max-time <time>',
      'spend at most this time for an image: 1.2ms, 800us, or 60% of the full network; implies --cost time',
      parseTimeBudget,
    )
    .addOption(
      new Option(
        '--confidence <level>',
        'confidence of the promise that this holds on unseen images; none: no promise',
      )
        .argParser(parseConfidence)
        .default(CALIBRATE_DEFAULTS.confidence, '95%'),
    )
    .addOption(
      new Option(
        '--promise <kind>',
        'which images the drop is promised for: mean: all images together; per-exit: also, for every exit, those that leave at it or before it; per-class: those of every class',
      )
        .choices(['mean', 'per-exit', 'per-class'])
        .default(CALIBRATE_DEFAULTS.promise),
    )
    .addOption(
      new Option('--labels <source>', 'none: bound the disagreement with the full network, without labels')
        .choices(['given', 'none'])
        .default(CALIBRATE_DEFAULTS.labels),
    )
    .addOption(
      new Option(
        '--method <name>',
        'how thresholds are chosen (default: shared; paper-path with --criterion energy, and for heads with --cost time)',
      ).choices(['shared', 'paper-path', 'joint', 'paper-epsilon']),
    );
  withCostOptions(withScoringOptions(command))
    .option(
      '--answers <csv>',
      'labels of the images that cascade ask chose, instead of the calibration split; thresholds are chosen as cascade ask was told',
    )
    .option(
      '--split-seed <number>',
      'seed of the halves of a test set, and of the part that makes the path',
      parseSeed,
      CALIBRATE_DEFAULTS.splitSeed,
    )
    .option('--as <name>', 'what the calibration is called, so that `--use` can name it, such as fast')
    .option('--results <folder>', 'where CSV files go', CALIBRATE_DEFAULTS.results)
    .addHelpText(
      'after',
      '\nExamples:\n  cascade calibrate r56.cascade --max-drop 1%\n  cascade calibrate r56.cascade --max-drop 1% --confidence none --method joint\n  cascade calibrate r56.cascade --max-drop 0\n  cascade calibrate r56.cascade --max-drop 1% --promise per-exit\n  cascade calibrate r56.cascade --max-macs 60%\n  cascade calibrate r56.cascade --max-time 1.2ms\n  cascade calibrate r56.cascade --method paper-epsilon 1%\n  cascade calibrate r56.cascade --answers ask/ask.csv',
    );
  return withCommonOptions(withConfigOption(command)).action(calibrate);
}
