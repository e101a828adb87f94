import { stat } from 'node:fs/promises';
import path from 'node:path';
import { loadCalibrations } from '../../artifact/calibrations.js';
import type { Manifest } from '../../artifact/manifest.js';
import { ASK_FILES, loadAskRecord } from '../../cascade/ask/ask-record.js';
import { calibrateAnswers } from '../../cascade/ask/calibrate-answers.js';
import { readAnswers } from '../../cascade/ask/read-answers.js';
import { usageError } from '../../errors.js';
import { describeAnswers } from '../../report/ask/describe-answers.js';
import { resultsFolder } from '../../report/csv.js';
import { cascadeSources } from '../../report/results/sources.js';
import { writeResults } from '../../report/results/write-results.js';
import { answersRow, exitShareRows } from '../../report/rows-written.js';
import { CALIBRATE_DEFAULTS, type CalibrateCommandOptions } from '../calibrate.js';
import type { CommandContext } from '../common/context.js';
import { noteCalibrations } from '../common/note-calibrations.js';

/** Tests a path with the labels that were asked for, keeps the thresholds in the cascade and prints them. */
export async function calibrateByAnswers(
  folder: string,
  manifest: Manifest,
  answers: string,
  options: CalibrateCommandOptions,
  context: CommandContext,
): Promise<void> {
  refuseOthers(options);
  const { print, reporter } = context;
  const { maxDrop, confidence } = options;
  const asked = await askedFolder(answers);
  const record = await loadAskRecord(asked);
  const before = await loadCalibrations(folder, manifest);
  const report = await calibrateAnswers(folder, manifest, {
    asked,
    record,
    answers: await readAnswers(answers, record, manifest),
    name: options.as,
    maxDrop,
    confidence: confidence === CALIBRATE_DEFAULTS.confidence ? undefined : Number(confidence),
  });
  const { calibration, evaluation } = report;
  await writeResults(context, {
    folder: resultsFolder(options.results, manifest),
    name: 'calibrate',
    tables: { 'thresholds.csv': exitShareRows(manifest, calibration, 'calibration', evaluation) },
    sources: await cascadeSources(folder, manifest),
  });
  noteCalibrations(folder, before, await loadCalibrations(folder, manifest), reporter);
  if (options.json) return print(JSON.stringify(answersRow(manifest, report), null, 2));
  print(describeAnswers(report));
  reporter.note(`Next: cascade run ${folder} <images>`);
}

/** The folder that a file of answers lies in. @throws CascadeError if it is no file. */
async function askedFolder(answers: string): Promise<string> {
  const found = await stat(answers).catch(() => undefined);
  if (found === undefined)
    throw usageError(
      `${answers} is not there; --answers takes the file of labels in the folder that cascade ask made, such as ${path.join('ask', ASK_FILES.answers)}.`,
    );
  if (found.isDirectory())
    throw usageError(
      `${answers} is a folder; --answers takes the file of labels in it, such as ${path.join(answers, ASK_FILES.answers)}.`,
    );
  return path.dirname(answers);
}

/** Options that `ask` lacks: its labels test the mean drop, and nothing else. */
const NEVER_ASKED = ['--max-macs', '--labels', '--promise'];

/** What was said to `ask`, or makes no sense with labels of its images. */
function refuseOthers(options: CalibrateCommandOptions): void {
  const { method, average, maxMacs, labels, confidence, criterion, top, splitSeed, promise } = options;
  if (confidence === 'none')
    throw usageError('--answers are labels for a promise; leave --confidence none out.');
  const said = [
    method !== undefined && '--method',
    average !== undefined && '--average',
    maxMacs !== undefined && '--max-macs',
    labels !== CALIBRATE_DEFAULTS.labels && '--labels',
    promise !== CALIBRATE_DEFAULTS.promise && '--promise',
    criterion !== CALIBRATE_DEFAULTS.criterion && '--criterion',
    top !== CALIBRATE_DEFAULTS.top && '--top',
    splitSeed !== CALIBRATE_DEFAULTS.splitSeed && '--split-seed',
  ].find((name) => name !== false);
  if (said === undefined) return;
  const other = NEVER_ASKED.includes(said) ? 'its labels are for a mean drop alone' : 'or ask again with it';
  throw usageError(`--answers are of what cascade ask was asked; leave ${said} out, ${other}.`);
}
