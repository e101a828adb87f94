import { Command, Option } from 'commander';
import type { FrontMethod } from '../calibrate/front.js';
import { CALIBRATE_DEFAULTS } from './calibrate.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { parseConfidence, parseCount, parseDrop, parseFolder, parseSeed } from './common/parse.js';
import { type ScoringOptions, withScoringOptions } from './common/scoring-options.js';

export interface AskCommandOptions extends CommonOptions, EngineOptions, ScoringOptions {
  readonly images: readonly string[];
  readonly out: string;
  readonly maxDrop: number;
  readonly confidence: number | 'none';
  readonly method?: FrontMethod;
  readonly most?: number;
  readonly splitSeed: number;
  readonly copy?: boolean;
  readonly onBadImage: 'skip' | 'stop';
  readonly force?: boolean;
}

export function askCommand(ask: Action<[folder: string, options: AskCommandOptions]>): Command {
  const command = new Command('ask')
    .description(
      'among many unlabelled images, find the few whose labels a promise needs, and make a page to label them on',
    )
    .argument('<cascade>', 'a folder made by attach or chain', parseFolder)
    .requiredOption(
      '--images <paths...>',
      'images without labels: files, folders, and lists (.txt) of paths, one a line and relative to the list',
    )
    .option(
      '--out <folder>',
      'the folder to make: ask.html, ask.csv and the images to label',
      parseFolder,
      'ask',
    )
    .addOption(
      new Option(
        '--max-drop <points>',
        'the drop of accuracy that is to be promised: 1%, 1pt or 0.01; 0 for none, -0.5% for a gain',
      )
        .argParser(parseDrop)
        .default(CALIBRATE_DEFAULTS.maxDrop, '1%'),
    )
    .addOption(
      new Option('--confidence <level>', 'confidence of the promise')
        .argParser(parseConfidence)
        .default(CALIBRATE_DEFAULTS.confidence, '95%'),
    )
    .option(
      '--most <labels>',
      'never ask for more: cheaper thresholds that could need more are left out',
      parseCount,
    )
    .addOption(
      new Option(
        '--method <name>',
        'how thresholds are chosen (default: shared; paper-path with --criterion energy)',
      ).choices(['shared', 'paper-path', 'joint']),
    );
  withScoringOptions(command)
    .option(
      '--split-seed <number>',
      'seed of the part of the images that makes the path, where one does',
      parseSeed,
      CALIBRATE_DEFAULTS.splitSeed,
    )
    .option(
      '--copy',
      'copy the images to label instead of linking them, so that the folder can be sent to somebody else',
    )
    .addOption(
      new Option('--on-bad-image <what>', 'what to do with an image that cannot be decoded')
        .choices(['skip', 'stop'])
        .default('stop'),
    )
    .option('--force', 'replace such a folder that is there, and the labels in it')
    .addHelpText(
      'after',
      '\nExamples:\n  cascade ask r56.cascade --images photos/ --max-drop 1%\n  cascade calibrate r56.cascade --answers ask/ask.csv',
    );
  return withCommonOptions(withEngineOptions(command)).action(ask);
}
