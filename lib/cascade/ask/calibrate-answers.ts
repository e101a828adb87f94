import path from 'node:path';
import type { Calibration } from '../../artifact/calibration.js';
import { saveCalibration } from '../../artifact/calibrations.js';
import { withFolderLock } from '../../artifact/folders/folder-lock.js';
import type { Manifest } from '../../artifact/manifest.js';
import { noGain } from '../../artifact/no-gain.js';
import {
  type CertifiedPath,
  certifiedThresholds,
  certifiedUnderDrop,
} from '../../calibrate/certified-path.js';
import { answeredPath } from '../../calibrate/disputes/answered-path.js';
import type { Answers } from '../../calibrate/disputes/dispute.js';
import { countAnswers, labelsLeft } from '../../calibrate/disputes/labels-left.js';
import { passesDropTest } from '../../calibrate/disputes/passes.js';
import type { UnlabelledPath } from '../../calibrate/disputes/unlabelled-path.js';
import { savedWithMore } from '../../calibrate/more-images.js';
import { grouped } from '../../counted.js';
import { CascadeError } from '../../errors.js';
import type { DecisionRule } from '../../exits/decision-rule.js';
import { type RecordedOutputs, withoutLabels } from '../../exits/recorded-outputs.js';
import { cascadeFingerprint } from '../../records/shards.js';
import { percent } from '../../stats/percent.js';
import { type Evaluation, evaluateOutputs, type NamedExit } from '../evaluation.js';
import { ASK_FILES, type AskRecord, readQuestion } from './ask-record.js';
import { loadAskedOutputs } from './asked-outputs.js';
import { askedPath } from './question.js';

export interface AnswersOptions {
  /** What the calibration is to be called. */
  readonly name?: string | undefined;
  /** The folder that `ask` made. */
  readonly asked: string;
  readonly record: AskRecord;
  readonly answers: Answers;
  /** Another drop than was asked about, a fraction. */
  readonly maxDrop?: number | undefined;
  /** Another confidence, a fraction. */
  readonly confidence?: number | undefined;
}

/** What a cascade costs on images without labels. */
export type UnlabelledEvaluation = Pick<
  Evaluation,
  'images' | 'macs_per_image' | 'full_macs' | 'macs_saved_percent' | 'batch_size' | 'exits'
>;

/** A calibration by some labels, and how far they go. */
export interface AnswersReport {
  readonly calibration: Calibration;
  readonly evaluation: UnlabelledEvaluation;
  readonly labels: {
    /** Images that tested. */
    readonly test_images: number;
    /** Labels that were given, of images that test. */
    readonly given: number;
    /** Labels that may still change the answer, at most; 0 once it is certain. */
    readonly left_at_most: number;
    /** Breaks and repairs of the chosen thresholds, on the images that tested; null where nothing is promised. */
    readonly breaks: number | null;
    readonly repairs: number | null;
    /** Images without a label that count as breaks. */
    readonly missing: number | null;
  };
  /** What more images would probably save if breaks and repairs kept their rates. */
  readonly more: {
    /** Images, all with those that are there. */
    readonly images: number;
    /** MACs saved with the labels that they need, as many of them as now. */
    readonly macs_saved_percent: number;
    /** The same without any label. */
    readonly macs_saved_without_labels_percent: number;
  };
}

/** How many times the images are in the estimate of what more would save. */
const MORE_TIMES = 4;

/**
 * Tests the path that `ask` made with the labels that are there, and keeps the thresholds in the cascade. What is promised with some of the labels
 * would be promised with all of them.
 *
 * @throws CascadeError if the cascade is another one, the outputs are damaged, or a gain that was asked for cannot be promised.
 */
export async function calibrateAnswers(
  folder: string,
  manifest: Manifest,
  { asked, record, answers, ...changed }: AnswersOptions,
): Promise<AnswersReport> {
  if (record.cascade_sha256 !== (await cascadeFingerprint(folder)))
    throw new CascadeError(
      `${path.join(asked, ASK_FILES.record)} was asked about the network of another cascade than ${folder}; name that one, or ask again.`,
    );
  const { outputs, sha256 } = await loadAskedOutputs(asked);
  if (sha256 !== record.outputs_sha256)
    throw new CascadeError(
      `${path.join(asked, ASK_FILES.outputs)} does not hold the outputs that ${ASK_FILES.record} names; ask again.`,
    );
  const question = readQuestion(record);
  const { path: tested } = askedPath(outputs, question);
  const { name, maxDrop = question.maxDrop, confidence = question.confidence } = changed;
  const answered = answeredPath(tested, answers);
  const point = certifiedUnderDrop(answered, maxDrop, confidence, outputs.costs);
  const passes = passesDropTest(tested.images, maxDrop, confidence);
  const left = labelsLeft(tested.disputes, tested.points.length, answers, passes).length;
  if (point === undefined && maxDrop < 0) throw left === 0 ? noGain(maxDrop, 'certified ') : notYet(left);
  const rule = {
    scoring: tested.scoring,
    thresholds: certifiedThresholds(point, outputs.exitLogits.length),
  };
  const calibration: Calibration = {
    ...(name === undefined ? {} : { name }),
    target: { kind: 'max-drop', drop: maxDrop },
    method: question.search.method,
    labels: 'given',
    split: record.source,
    split_seed: question.seed,
    images: record.images,
    rule,
    parameter: point?.parameter ?? null,
    promise: { confidence, path: answered },
  };
  await withFolderLock(folder, () => saveCalibration(folder, calibration, manifest));
  const savedBy = (path: CertifiedPath): number =>
    percent(savedWithMore(path, MORE_TIMES, maxDrop, confidence, outputs.costs));
  return {
    calibration,
    evaluation: withoutAccuracies(outputs, rule, manifest.exits),
    labels: {
      test_images: tested.images,
      given: tested.disputes.filter(({ image }) => answers.has(image)).length,
      left_at_most: left,
      ...countsOf(tested, answers, point === undefined ? -1 : answered.points.indexOf(point)),
    },
    more: {
      images: MORE_TIMES * record.images,
      macs_saved_percent: savedBy(answered),
      macs_saved_without_labels_percent: savedBy(answeredPath(tested, new Map())),
    },
  };
}

function countsOf({ disputes, points }: UnlabelledPath, answers: Answers, point: number) {
  const { breaks, repairs, missing } = countAnswers(disputes, points.length, answers);
  return {
    breaks: breaks[point] ?? null,
    repairs: repairs[point] ?? null,
    missing: missing[point] ?? null,
  };
}

/** Where images leave and what that costs; how many are right there is not known. */
function withoutAccuracies(
  outputs: RecordedOutputs,
  rule: DecisionRule,
  named: readonly NamedExit[],
): UnlabelledEvaluation {
  const prices = { macs: outputs.costs, time: null };
  const { images, macs_per_image, full_macs, macs_saved_percent, batch_size, exits } = evaluateOutputs(
    withoutLabels(outputs),
    rule,
    prices,
    named,
  );
  return {
    ...{ images, macs_per_image, full_macs, macs_saved_percent, batch_size },
    exits: exits.map((exit) => ({ ...exit, accuracy_percent: null })),
  };
}

function notYet(left: number): CascadeError {
  return new CascadeError(
    `The labels so far certify no such gain; ${grouped(left)} more may, so label on and calibrate again.`,
  );
}
