import { Command } from 'commander';
import { attachCommand } from './attach.js';
import { calibrateCommand } from './calibrate.js';
import type { RunCommand } from './common/context.js';
import { compareCommand } from './compare.js';
import { demoCommand } from './demo.js';
import { doctorCommand } from './doctor.js';
import { evalCommand } from './eval.js';
import { exportCommand } from './export.js';
import { fetchCommand } from './fetch.js';
import { importRecordsCommand } from './import-records.js';
import { inspectCommand } from './inspect.js';
import { plotCommand } from './plot.js';
import { recordCommand } from './record.js';
import { runCommand } from './run.js';
import { sweepCommand } from './sweep.js';

const INTRODUCTION = `Early exits for pre-trained image classifiers: attach heads, choose confidence thresholds for an accepted accuracy drop,
and see on unseen images how many multiply-accumulates (MACs) that saves.`;

const EXAMPLE = `
Example, with a ResNet-56 trained on CIFAR-10:
  cascade attach resnet56-4bfd9763.th --data cifar10 --out r56.cascade
  cascade calibrate r56.cascade --max-drop 1%
  cascade eval r56.cascade
  cascade sweep r56.cascade
  cascade plot results/r56/*.csv

Without network or data: cascade demo`;

/** The command line, without having run anything; nothing heavy is loaded before a command's work starts. */
export function createProgram(version: string, run: RunCommand): Command {
  const program = new Command('cascade')
    .description(INTRODUCTION)
    .version(version)
    .showSuggestionAfterError()
    .addHelpText('after', EXAMPLE);
  const commands = [
    demoCommand,
    inspectCommand,
    attachCommand,
    recordCommand,
    calibrateCommand,
    evalCommand,
    sweepCommand,
    compareCommand,
    runCommand,
    exportCommand,
    plotCommand,
    importRecordsCommand,
    fetchCommand,
    doctorCommand,
  ];
  for (const create of commands) program.addCommand(create(run));
  return program;
}
