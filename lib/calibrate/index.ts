/**
 * Thresholds from recorded outputs: the paper's rule, searches for a drop or a budget, and the certificate that holds on unseen data. Pure:
 * records in, operating points out.
 *
 * @example
 * import { averagedBy, chooseCertified, DEFAULT_SCORING } from 'cascade-early-exits/calibrate';
 *
 * // outputs: the logits of every exit and of the full network, the labels and the costs of some images.
 * const { point } = chooseCertified(
 *   outputs,
 *   { method: 'shared', scoring: { ...DEFAULT_SCORING, ...averagedBy(0.4) }, labelFree: false },
 *   { kind: 'max-drop', drop: 0.01 },
 *   0.95,
 *   0,
 * );
 * point?.thresholds.length // 3: one an exit; undefined where nothing can be promised
 *
 * @module cascade-early-exits/calibrate
 */
export type { Criterion, ExitOutput } from '../exits/criteria/criterion.js';
export { CRITERIA, CRITERION_NAMES, type CriterionName } from '../exits/criteria.js';
export type { DecisionRule } from '../exits/decision-rule.js';
export type { ExitColumn, ExitCosts, ExitTable } from '../exits/exit-table.js';
export type { ExitTables } from '../exits/exit-tables.js';
export type { GroupCounts } from '../exits/group-counts.js';
export { outputExits, outputRows, type RecordedOutputs, scoredTables } from '../exits/recorded-outputs.js';
export { type Outcome, type ReplayTotals, replay } from '../exits/replay.js';
export { averagedBy, DEFAULT_SCORING, type Scoring } from '../exits/scoring.js';
export { enabledExits, leavingCosts, type Thresholds } from '../exits/thresholds.js';
export {
  type CertifiedChoice,
  chooseByEpsilon,
  chooseCertified,
  chooseEmpirically,
  type EmpiricalChoice,
  type MadePath,
  METHODS,
  type Method,
  makeCertifiedPath,
  type Search,
} from './calibrate.js';
export {
  type Candidate,
  type CertifiedPath,
  certifiedUnderBudget,
  certifiedUnderDrop,
  type DropTest,
  exactDropTest,
  type PathPoint,
  type TestedPath,
  type TestedPoint,
  testedPath,
} from './certified-path.js';
export { type CostSample, type CostTest, exactCostTest } from './cost-test.js';
export { type Averaged, defaultAveraging, defaultMethod } from './default-search.js';
export { answeredPath } from './disputes/answered-path.js';
export {
  type Answer,
  type Answers,
  type Dispute,
  disputedClasses,
  type OtherPrediction,
} from './disputes/dispute.js';
export { type AnsweredCounts, countAnswers, labelsLeft } from './disputes/labels-left.js';
export { type Passes, passesDropTest } from './disputes/passes.js';
export { makeUnlabelledPath, type UnlabelledPath, type UnlabelledPoint } from './disputes/unlabelled-path.js';
export { withinLabels } from './disputes/within-labels.js';
export { type FrontExits, type FrontMethod, operatingFront, operatingPath } from './front.js';
export { imagesNeeded } from './images-needed.js';
export type { OperatingPoint } from './operating-point.js';
export { paperThresholds } from './paper-rule.js';
export { paperPath } from './paths/paper-path.js';
export type { PathMethod } from './paths/path-maker.js';
export { sharedPath } from './paths/shared-path.js';
export { type PathOutcome, pathThresholds, replayPath, type ThresholdPath } from './paths/threshold-path.js';
export { type Grouping, groupingOf, PROMISE_KINDS, type PromiseKind } from './promises/promise-kind.js';
export type { CalibrationTarget, EpsilonTarget, Target } from './target.js';
export { fitTemperature } from './temperature.js';
