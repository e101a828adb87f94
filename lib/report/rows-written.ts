import { type Calibration, confidencePercent } from '../artifact/calibration.js';
import { FULL_NETWORK } from '../artifact/exit-names.js';
import type { Manifest } from '../artifact/manifest.js';
import { writtenTarget } from '../artifact/written-target.js';
import type { AnswersReport } from '../cascade/ask/calibrate-answers.js';
import type { Evaluation } from '../cascade/evaluation.js';
import type { CascadeFront } from '../cascade/sweep-cascade.js';
import { scoringName } from '../exits/scoring.js';
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
  const { exits: _exits, ...totals } = evaluation;
  return { ...choiceCells(source, choice, split), ...totals, ...closingCells(source) };
}

/** The object that `calibrate --answers --json` prints. */
export function answersRow(source: Manifest, { calibration, evaluation, labels }: AnswersReport) {
  const { exits, ...totals } = evaluation;
  return {
    ...choiceCells(source, calibration, 'calibration'),
    ...totals,
    ...closingCells(source),
    ...labels,
    exits,
  };
}

/** The rows of `front.csv` for a split: one an operating point, without interval and exits. */
export function frontRows(
  source: Manifest,
  { method, scoring, splitSeed, points }: Pick<CascadeFront, 'method' | 'scoring' | 'splitSeed' | 'points'>,
  split: Split,
): readonly CsvRow[] {
  return points.map((point) => {
    const { exits: _exits, drop_low_points: _low, drop_high_points: _high, ...totals } = point[split];
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
    };
  });
}

/** Each exit's threshold and what it takes on a split, a row each, the full network last: `thresholds.csv`, `shares.csv`. */
export function exitShareRows(
  source: Manifest,
  choice: Calibration,
  split: Split,
  evaluation: Pick<Evaluation, 'images' | 'exits'>,
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
  }));
}

function choiceCells({ name, dataset }: Manifest, choice: Calibration, split: Split): CsvRow {
  return {
    cascade: name,
    dataset,
    split,
    split_seed: choice.split_seed,
    method: choice.method,
    criterion: scoringName(choice.rule.scoring),
    ...writtenTarget(choice.target),
    confidence_percent: confidencePercent(choice),
    labels: choice.labels,
  };
}

function closingCells({ mac_convention, seed }: Manifest): CsvRow {
  return { mac_convention, seed };
}
