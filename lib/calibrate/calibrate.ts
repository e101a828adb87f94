import type { DecisionRule } from '../exits/decision-rule.js';
import { allExits } from '../exits/exit-tables.js';
import { outputRows, type RecordedOutputs, scoredTables, withoutLabels } from '../exits/recorded-outputs.js';
import type { Scoring } from '../exits/scoring.js';
import { enabledExits } from '../exits/thresholds.js';
import {
  type Candidate,
  certifiedThresholds,
  certifiedUnderBudget,
  certifiedUnderDrop,
  type TestedPath,
  type TestedPoint,
  testedPath,
} from './certified-path.js';
import { chooseOnPath } from './choose-on-path.js';
import { type FrontMethod, operatingPath } from './front.js';
import { jointSearch } from './joint/joint-search.js';
import { betterPoint, type OperatingPoint, pointOf } from './operating-point.js';
import { paperThresholds } from './paper-rule.js';
import { partition } from './paths/partition.js';
import { fixedPathMaker, pathMakerOf } from './paths/path-maker.js';
import { pathThresholds } from './paths/threshold-path.js';
import { hasInnerExits, payingExits } from './paying-exits.js';
import { perExitCandidates } from './promises/per-exit-candidates.js';
import { groupingOf, type PromiseKind } from './promises/promise-kind.js';
import { limitsOf, type Target } from './target.js';
import { withTemperatures } from './temperature.js';

/**
 * The ways to choose thresholds, by the names that `--method` takes.
 *
 * - `shared`: one and the same threshold for all exits, from a scale that is fixed beforehand; with patience one and the same number of
 *   agreeing exits. A promise spends no image on making the path, but on exits inside the networks of a chain: all others test it.
 * - `paper-path`: the paper's rule for every exit with one and the same ε, which is chosen by the cascade's own drop or cost;
 *   with patience one and the same number of agreeing exits.
 * - `joint`: all thresholds together; exact for one and two exits, else a heuristic. Fits the calibration split more the more
 *   exits there are.
 * - `paper-epsilon`: the paper's rule with a given ε, in the paper's own meaning, which is not the cascade's drop.
 */
export const METHODS = ['shared', 'paper-path', 'joint', 'paper-epsilon'] as const;

/** A way to choose thresholds, by its name. */
export type Method = (typeof METHODS)[number];

/** How thresholds are looked for, whatever they are for. */
export interface Search {
  readonly method: FrontMethod;
  /** Temperatures are fitted where its criterion asks for them. */
  readonly scoring: Scoring;
  /** Ways of scoring to choose from on the images that the search is made on; `scoring` alone when left out. */
  readonly scorings?: readonly Scoring[];
  /** Whether the full network's predictions serve as labels. */
  readonly labelFree: boolean;
  /** The images that a largest drop is promised for; all together when left out. A budget is always of all. */
  readonly promise?: PromiseKind;
}

/** A rule, with what it does on the images it was chosen from. */
export interface EmpiricalChoice {
  readonly rule: DecisionRule;
  readonly point: OperatingPoint;
}

/** Chooses an operating point by what it does on all recorded images. Nothing is promised for unseen data. */
export function chooseEmpirically(outputs: RecordedOutputs, search: Search, target: Target): EmpiricalChoice {
  const { rule, point } = searched(search.labelFree ? withoutLabels(outputs) : outputs, search, target);
  return { rule, point };
}

/** The paper's thresholds for a given ε, a fraction; not the cascade's drop. */
export function chooseByEpsilon(
  outputs: RecordedOutputs,
  scoring: Scoring,
  epsilon: number,
): EmpiricalChoice {
  const fitted = withTemperatures(scoring, outputs);
  const tables = scoredTables(outputs, fitted);
  const table = tables.table(allExits(tables));
  return empiricalChoice(fitted, pointOf(tables, paperThresholds(table, epsilon), epsilon));
}

function empiricalChoice(scoring: Scoring, point: OperatingPoint): EmpiricalChoice {
  return { rule: { scoring, thresholds: point.thresholds }, point };
}

/** A choice, and the exits that it was made among. */
interface SearchedChoice extends EmpiricalChoice {
  readonly allowed: readonly boolean[];
}

/** The best of a search's scorings, with what is fitted to them, and of its operating points. @param outputs with the labels that count. */
function searched(
  outputs: RecordedOutputs,
  { method, scoring, scorings }: Search,
  target: Target,
): SearchedChoice {
  const limits = limitsOf(target, outputs.labels.length, outputs.costs.full);
  return (scorings ?? [scoring])
    .map((each) => {
      const fitted = withTemperatures(each, outputs);
      const tables = scoredTables(outputs, fitted);
      const allowed = exitsOfPath(outputs, fitted, target);
      const point =
        method === 'joint'
          ? jointSearch(tables, target, allowed)
          : chooseOnPath(pathMakerOf(method, fitted.criterion), tables, target, allowed);
      return { ...empiricalChoice(fitted, point), allowed };
    })
    .reduce((best, choice) => (betterPoint(best.point, choice.point, limits) === best.point ? best : choice));
}

/** The exits that a path is made of: of those inside the networks of a chain the ones that pay, else all. */
function exitsOfPath(outputs: RecordedOutputs, scoring: Scoring, target: Target): readonly boolean[] {
  return hasInnerExits(outputs.costs)
    ? payingExits(outputs, scoring, target)
    : outputs.exitLogits.map(() => true);
}

/** The path that a promise is taken from. */
export interface MadePath {
  /** The scoring of all its points. */
  readonly scoring: Scoring;
  readonly path: TestedPath;
  /** Images that made the path, 0 where nothing was fitted; the others tested it. */
  readonly pathImages: number;
  /** Numbers of the images that tested it. */
  readonly testRows: Uint32Array;
}

/** An operating point that holds on unseen data with a stated confidence, and the path that it is taken from. */
export interface CertifiedChoice extends Omit<MadePath, 'scoring'> {
  /** The decision rule of the point; that of the full network where nothing could be certified. */
  readonly rule: DecisionRule;
  /** Undefined if nothing could be certified. */
  readonly point: TestedPoint | undefined;
}

/**
 * Share of the images that make the path; the rest test it. Between 0.2 and 0.5 the savings hardly differ: fewer make a worse
 * path, more leave fewer for the test (`results/certificate`).
 */
export const PATH_SHARE = 0.3;

/** The same where only exits of a chain are chosen: fewer images do. */
const EXITS_SHARE = 0.2;

/** Whether a search's path takes images to make it, be it for its points or for what they are scored by. */
function isFitted({ method, scoring, scorings }: Search): boolean {
  return method !== 'shared' || scoring.criterion === 'temperature' || scorings !== undefined;
}

/** Share of the images that make the candidates of a promise: so few where only exits are chosen, and for every exit of a promise. */
function pathShareOf(search: Search, kind: PromiseKind): number {
  return isFitted(search) && kind !== 'per-exit' ? PATH_SHARE : EXITS_SHARE;
}

/**
 * The path that a promise is taken from. A random part of the images makes everything that is fitted: temperatures, the way of scoring
 * if there are several, which exits pay, the candidates in their order. The rest tests them; all images do where nothing is fitted.
 *
 * @param seed of the partition.
 * @param pathShare share of the images that make the path if there is something to fit, a fraction.
 */
export function makeCertifiedPath(
  outputs: RecordedOutputs,
  search: Search,
  target: Target,
  seed: number,
  pathShare?: number,
): MadePath {
  const { method, scoring, labelFree } = search;
  const kind = target.kind === 'max-drop' ? (search.promise ?? 'mean') : 'mean';
  const labelled = labelFree ? withoutLabels(outputs) : outputs;
  if (!isFitted(search) && !hasInnerExits(outputs.costs) && kind !== 'per-exit') {
    const candidates = fixedCandidates(
      scoring,
      outputs.exitLogits.map(() => true),
    );
    return {
      scoring,
      path: testedPath(candidates, scoredTables(labelled, scoring), labelFree, groupingOf(kind, labelled)),
      pathImages: 0,
      testRows: Uint32Array.from(labelled.labels, (_, image) => image),
    };
  }
  const share = pathShare ?? pathShareOf(search, kind);
  const { making: pathRows, testing: testRows } = partition(labelled.labels.length, share, seed);
  const making = outputRows(labelled, pathRows);
  const { fitted, candidates } =
    kind === 'per-exit' && target.kind === 'max-drop'
      ? madePerExit(making, search, target, testRows.length)
      : method === 'shared'
        ? madeShared(making, search, target)
        : madeFromImages(making, search, target);
  const testing = outputRows(labelled, testRows);
  const path = testedPath(candidates, scoredTables(testing, fitted), labelFree, groupingOf(kind, testing));
  return { scoring: fitted, path, pathImages: pathRows.length, testRows };
}

/** Candidates, with the scoring that was fitted to the same images. */
interface MadeCandidates {
  readonly fitted: Scoring;
  readonly candidates: readonly Candidate[];
}

/** The path that is the same whatever the images, under what is fitted to some: the scoring, and of a chain the exits. */
function madeShared(making: RecordedOutputs, search: Search, target: Target): MadeCandidates {
  const fitted = fittedScoring(making, search, target);
  return { fitted, candidates: fixedCandidates(fitted, exitsOfPath(making, fitted, target)) };
}

function fittedScoring(making: RecordedOutputs, search: Search, target: Target): Scoring {
  const { scoring, scorings } = search;
  return scorings === undefined
    ? withTemperatures(scoring, making)
    : searched(making, search, target).rule.scoring;
}

/** Candidates for a drop that is to hold at every exit. @param testImages how many will test them. */
function madePerExit(
  making: RecordedOutputs,
  search: Search,
  target: Extract<Target, { readonly kind: 'max-drop' }>,
  testImages: number,
): MadeCandidates {
  const fitted = fittedScoring(making, search, target);
  const { criterion } = fitted;
  const makePath = pathMakerOf(search.method === 'joint' ? 'paper-path' : search.method, criterion);
  const tables = scoredTables(making, fitted);
  return { fitted, candidates: perExitCandidates(tables, makePath, target.drop, testImages) };
}

/** A path that is made from images, of the exits that pay on them; the joint search chooses among all that it may use. */
function madeFromImages(making: RecordedOutputs, search: Search, target: Target): MadeCandidates {
  const { rule, point, allowed } = searched(making, search, target);
  const paying = enabledExits(point.thresholds);
  // Where these few images hide that any exit pays, the rest may still show it.
  const enabled = search.method !== 'joint' && paying.includes(true) ? paying : allowed;
  const tables = scoredTables(making, rule.scoring);
  const candidates = operatingPath(tables, search.method, rule.scoring.criterion, enabled);
  return { fitted: rule.scoring, candidates };
}

/** All points of the path that is the same whatever the images, with some exits. */
function fixedCandidates({ criterion }: Scoring, enabled: readonly boolean[]): readonly Candidate[] {
  const path = fixedPathMaker(criterion)(enabled);
  return Array.from(path.parameter, (parameter, index) => ({
    parameter,
    thresholds: pathThresholds(path, index),
  }));
}

/**
 * Chooses an operating point with a promise: the cheapest candidate of a path that the images with no part in making it certify,
 * by an exact paired test.
 *
 * @param confidence a fraction, e.g. 0.95: the promise is broken in at most 1 − confidence of all draws of calibration images.
 * @param seed of the partition.
 */
export function chooseCertified(
  outputs: RecordedOutputs,
  search: Search,
  target: Target,
  confidence: number,
  seed: number,
): CertifiedChoice {
  const { scoring, ...made } = makeCertifiedPath(outputs, search, target, seed);
  const point =
    target.kind === 'max-drop'
      ? certifiedUnderDrop(made.path, target.drop, confidence, outputs.costs)
      : certifiedUnderBudget(made.path, target.share, confidence, outputs.costs);
  return {
    ...made,
    rule: { scoring, thresholds: certifiedThresholds(point, outputs.exitLogits.length) },
    point,
  };
}
