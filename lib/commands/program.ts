import { Command } from 'commander';
import { askCommand } from './ask.js';
import { attachCommand } from './attach.js';
import { calibrateCommand } from './calibrate.js';
import { chainCommand } from './chain.js';
import { failureText, wrongUsage } from './common/failure.js';
import { addGrouped } from './common/help/command-groups.js';
import { optionDescription } from './common/help/option-description.js';
import { bodyLoader } from './common/load-body.js';
import { withConfig } from './common/repeat/config-option.js';
import { keepTyped } from './common/repeat/invocation.js';
import { compareCommand } from './compare.js';
import { completionCommand } from './completion/completion.js';
import { autoCommand } from './composed/auto.js';
import { demoCommand } from './composed/demo.js';
import { doctorCommand } from './doctor.js';
import { evalCommand } from './eval.js';
import { exportCommand } from './export.js';
import { fetchCommand } from './fetch.js';
import { importRecordsCommand } from './import-records.js';
import { inspectCommand } from './inspect.js';
import { measureCommand } from './measure.js';
import { monitorCommand } from './monitor.js';
import { plotCommand } from './plot.js';
import { recordCommand } from './record.js';
import { reportCommand } from './report.js';
import { runCommand } from './run.js';
import { showCommand } from './show.js';
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

/** Whoever calls a program. */
export interface Caller {
  /** The version of cascade. */
  readonly version: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Runs a command line.
 *
 * @param words behind `cascade`.
 * @throws CommanderError if they make no sense, and whatever the command throws.
 */
export async function runProgram(words: readonly string[], caller: Caller): Promise<void> {
  const program = createProgram(caller);
  await program.parseAsync(await withConfig(words, () => createProgram(caller)), { from: 'user' });
}

/** The command line, without having run anything. @param isStep whether another command calls it and goes on behind it. */
export function createProgram({ version, signal }: Caller, isStep = false): Command {
  const program = new Command('cascade')
    .description(INTRODUCTION)
    .version(version)
    .showSuggestionAfterError()
    .addHelpText('after', EXAMPLE);
  const running = bodyLoader({
    ...{ signal, version, isStep },
    cascade: async (words) => {
      await createProgram({ version, signal }, true).parseAsync([...words], { from: 'user' });
    },
  });
  const commands = [
    demoCommand(running(async () => (await import('./bodies/composed/demo.js')).demo)),
    autoCommand(running(async () => (await import('./bodies/composed/auto.js')).auto)),
    inspectCommand(running(async () => (await import('./bodies/inspect.js')).inspect)),
    attachCommand(running(async () => (await import('./bodies/attach.js')).attach)),
    chainCommand(running(async () => (await import('./bodies/chain.js')).chain)),
    recordCommand(running(async () => (await import('./bodies/record.js')).record)),
    showCommand(running(async () => (await import('./bodies/show.js')).show)),
    measureCommand(running(async () => (await import('./bodies/measure.js')).measure)),
    askCommand(running(async () => (await import('./bodies/ask.js')).ask)),
    calibrateCommand(running(async () => (await import('./bodies/calibrate.js')).calibrate)),
    evalCommand(running(async () => (await import('./bodies/eval.js')).evaluate)),
    sweepCommand(running(async () => (await import('./bodies/sweep.js')).sweep)),
    compareCommand(running(async () => (await import('./bodies/compare.js')).compare)),
    runCommand(running(async () => (await import('./bodies/run.js')).classify)),
    monitorCommand(running(async () => (await import('./bodies/monitor.js')).monitor)),
    exportCommand(running(async () => (await import('./bodies/export.js')).writeExport)),
    plotCommand(running(async () => (await import('./bodies/plot.js')).plot)),
    reportCommand(running(async () => (await import('./bodies/report.js')).report)),
    importRecordsCommand(running(async () => (await import('./bodies/import-records.js')).importFiles)),
    fetchCommand(running(async () => (await import('./bodies/fetch.js')).fetchNamed)),
    doctorCommand(running(async () => (await import('./bodies/doctor.js')).examine)),
    completionCommand(
      running(async () => {
        const { completionPrinter } = await import('./completion/print-completion.js');
        return completionPrinter(program);
      }),
    ),
  ];
  addGrouped(program, commands);
  for (const command of commands) keepTyped(command);
  for (const command of [program, ...commands]) {
    const name = command === program ? 'cascade' : `cascade ${command.name()}`;
    command
      .configureHelp({ optionDescription })
      .exitOverride()
      .configureOutput({ outputError: (text, write) => write(failureText(wrongUsage(text, name))) });
  }
  return program;
}
