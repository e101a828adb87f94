import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { DATA_DIR } from './common/data-options.js';
import type { Action } from './common/load-body.js';
import { parseCount } from './common/parse.js';
import { USE } from './common/use-option.js';

export interface ReportOptions extends CommonOptions {
  readonly out: string;
  readonly use?: string;
  readonly pictures: number;
  readonly data?: string;
  readonly dataDir?: string;
  readonly results: string;
}

/** What `cascade report` does where its user says nothing. */
const REPORT_DEFAULTS = { out: 'report.html', pictures: 200, results: 'results' } as const;

export function reportCommand(report: Action<[folders: readonly string[], options: ReportOptions]>): Command {
  const command = new Command('report')
    .description(
      'one page that tells what calibrated cascades do, with pictures, to open in a browser, mail or print; it needs no network',
    )
    .argument('<cascade...>', 'calibrated cascades, side by side where there are several')
    .option('--out <file>', 'page to write', REPORT_DEFAULTS.out)
    .option(...USE)
    .option(
      '--pictures <number>',
      'images to show at most of those that a cascade breaks, and as many of those that it repairs; 0 for no images at all',
      parseCount,
      REPORT_DEFAULTS.pictures,
    )
    .option('--data <name>', 'data set that images are taken from (default: that of the cascade)')
    .option(...DATA_DIR)
    .option('--results <folder>', 'where `cascade eval --measure` wrote its latency', REPORT_DEFAULTS.results)
    .addHelpText(
      'after',
      '\nExamples:\n  cascade report r56.cascade\n  cascade report r20.cascade r56.cascade --out both.html',
    );
  return withCommonOptions(command, { json: false }).action(report);
}
