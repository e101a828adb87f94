import { type Calibration, confidencePercent, currencyOf, promiseKind } from '../artifact/calibration.js';
import { FULL_NETWORK } from '../artifact/exit-names.js';
import type { Manifest } from '../artifact/manifest.js';
import { maxTimePercent, writtenTarget } from '../artifact/written-target.js';
import type { AnswersReport } from '../cascade/ask/calibrate-answers.js';
import type { Evaluation, PredictedTime } from '../cascade/evaluation.js';
import type { GroupEvaluation } from '../cascade/group-evaluation.js';
import type { CascadeFront } from '../cascade/sweep-cascade.js';
import type { ReliabilityBin } from '../exits/reliability-bins.js';
import { scoringName } from '../exits/scoring.js';
import { percent } from '../stats/percent.js';
import type { CsvValue } from './csv.js';
import type { Split } from './rows-read.js';

type CsvRow = Readonly<Record<string, CsvValue>>;

/** The row of `eval.csv` for a choice of thresholds on a split; also the object that `--json` prints. */
export function reportRow(
  source: Manifest,
  choice: Calibration,
  split: Split,
  evaluation: Evaluation,
): CsvRow {
  const { time, exits: _exits, ...totals } = withTimeApart(evaluation);
  return {
    ...choiceCells(source, choice, split),
    ...totals,
    ...closingCells(source),
    ...currencyCells(choice),
    ...time,
  };
}

/** The object that `calibrate --answers --json` prints. */
export function answersRow(source: Manifest, { calibration, evaluation, labels, more }: AnswersReport) {
  const { exits, batch_size: _batch, ...totals } = evaluation;
  return {
    ...choiceCells(source, calibration, 'calibration'),
    ...totals,
    ...closingCells(source),
    ...labels,
    more,
    exits,
  };
}

/** The rows of `front.csv` for a split: one an operating point, without interval and exits. */
export function frontRows(
  source: Manifest,
  front: Pick<CascadeFront, 'method' | 'scoring' | 'splitSeed' | 'currency' | 'points'>,
  split: Split,
): readonly CsvRow[] {
  const { method, scoring, splitSeed, currency, points } = front;
  return points.map((point) => {
    const { time, ...others } = withTimeApart(point[split]);
    const { exits: _exits, drop_low_points: _low, drop_high_points: _high, ...totals } = others;
    return {
      cascade: source.name,
      dataset: source.dataset,
      split,
      split_seed: splitSeed,
      method,
      criterion: scoringName(scoring),
      parameter: point.parameter,
      ...totals,
      ...closingCells(source),
      cost: currency,
      ...time,
    };
  });
}

/** Each exit's threshold and what it takes on a split, a row each, the full network last: `thresholds.csv`, `shares.csv`. */
export function exitShareRows(
  source: Manifest,
  choice: Calibration,
  split: Split,
  evaluation: Pick<Evaluation, 'images' | 'batch_size' | 'exits'>,
): readonly CsvRow[] {
  return evaluation.exits.map((exit, index) => ({
    ...choiceCells(source, choice, split),
    exit: index,
    block: exit.block,
    name: exit.name,
    head: source.exits[index]?.head ?? FULL_NETWORK,
    enabled: exit.enabled,
    threshold: exit.threshold,
    share_percent: exit.share_percent,
    exit_accuracy_percent: exit.accuracy_percent,
    macs: exit.macs,
    images: evaluation.images,
    ...closingCells(source),
    ...currencyCells(choice),
    batch_size: evaluation.batch_size,
    predicted_milliseconds: exit.predicted_milliseconds,
  }));
}

/** How right each exit is by how sure it is, a row a group of images of about the same confidence: `reliability.csv`. */
export function reliabilityRows(
  source: Manifest,
  choice: Calibration,
  split: Split,
  reliability: readonly (readonly ReliabilityBin[] | null)[],
): readonly CsvRow[] {
  return reliability.flatMap((bins, index) => {
    const { block, name, head } = source.exits[index]!;
    return (bins ?? []).map(({ images, confidence, accuracy, low, high }) => ({
      ...choiceCells(source, choice, split),
      ...{ exit: index, block, name, head, images },
      mean_confidence: confidence,
      accuracy_percent: percent(accuracy),
      accuracy_low_percent: percent(low),
      accuracy_high_percent: percent(high),
      ...closingCells(source),
      ...currencyCells(choice),
    }));
  });
}

/** Drops of the images of every exit and class, a row each: `promised.csv`, `groups.csv`. */
export function groupRows(
  source: Manifest,
  choice: Calibration,
  split: Split,
  groups: readonly GroupEvaluation[],
): readonly CsvRow[] {
  return groups.map((group) => ({
    ...choiceCells(source, choice, split),
    promise_kind: promiseKind(choice),
    ...group,
    ...closingCells(source),
    ...currencyCells(choice),
  }));
}

/** The images that a drop is promised for, with what is done with each group of images, as `--json` has it; nothing where it is of all images together. */
export function promisedCells(choice: Calibration, groups: readonly GroupEvaluation[] = []) {
  return groups.length === 0 ? {} : { promise_kind: promiseKind(choice), groups };
}

function choiceCells({ name, dataset }: Manifest, choice: Calibration, split: Split): CsvRow {
  return {
    cascade: name,
    dataset,
    split,
    split_seed: choice.split_seed,
    method: choice.method,
    criterion: scoringName(choice.rule.scoring),
    ...writtenTarget(choice.target, currencyOf(choice)),
    confidence_percent: confidencePercent(choice),
    labels: choice.labels,
  };
}

function closingCells({ mac_convention, seed }: Manifest): CsvRow {
  return { mac_convention, seed };
}

/** What a choice was made by, and the budget where that is one of time. */
function currencyCells(choice: Calibration): CsvRow {
  const cost = currencyOf(choice);
  return { cost, max_time_percent: maxTimePercent(choice.target, cost) };
}

/** An evaluation with its times in one piece: they stand in the last columns. */
function withTimeApart(
  evaluation: Evaluation,
): Omit<Evaluation, keyof PredictedTime> & { time: PredictedTime } {
  const {
    batch_size,
    predicted_milliseconds_per_image,
    predicted_full_milliseconds_per_image,
    predicted_time_saved_percent,
    ...others
  } = evaluation;
  const time = {
    batch_size,
    predicted_milliseconds_per_image,
    predicted_full_milliseconds_per_image,
    predicted_time_saved_percent,
  };
  return { ...others, time };
}
