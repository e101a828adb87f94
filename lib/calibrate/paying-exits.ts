import type { ExitCosts, ExitTable } from '../exits/exit-table.js';
import type { ExitTables } from '../exits/exit-tables.js';
import { outputRows, type RecordedOutputs, scoredTables } from '../exits/recorded-outputs.js';
import { hasScale, type Scoring } from '../exits/scoring.js';
import { bestPoint } from './choose-on-path.js';
import { distinctSets, type FrontExits } from './front.js';
import { type PathMaker, pathMakerOf } from './paths/path-maker.js';
import { replayPath, type ThresholdPath } from './paths/threshold-path.js';
import type { Target } from './target.js';

/** Drops, as fractions, that the exits of a front are chosen for. */
const FRONT_DROPS = [0, 0.005, 0.01, 0.02];

/** The exits that the points of a front may have: where exits stand inside the networks of a chain, the sets that pay at some drops. */
export function frontSets(outputs: RecordedOutputs, scoring: Scoring, otherwise: FrontExits): FrontExits {
  if (!hasInnerExits(outputs.costs)) return otherwise;
  const tables = sampleTables(outputs, scoring);
  const makePath = choosingPath(scoring);
  return distinctSets(FRONT_DROPS.map((drop) => chosenExits(tables, makePath, { kind: 'max-drop', drop })));
}

/**
 * Whether exits stand inside the networks of a chain, besides those at their ends: then most of them are one too many, and a path is
 * made of those that pay. Decided by the cascade alone, before a look at any image.
 */
export function hasInnerExits({ members }: ExitCosts): boolean {
  return members !== undefined && new Set(members).size < members.length;
}

/** A further exit must better a set by so much, as a share of the full network's cost or of the images: less may be chance. */
const LEAST_GAIN = { 'max-drop': 0.003, 'max-cost': 0.0005 } as const;

/** What the full network is worth: it saves nothing, and is no answer to a budget. */
const FULL_NETWORK = { 'max-drop': 0, 'max-cost': -1 } as const;

/** Drops beyond the one asked, fractions, that savings are means over: at a single one they rest on a handful of images. */
const FURTHER_DROPS = [0, 0.005, 0.01];

/** Shares of the budget that accuracies are means over, likewise. */
const SHARES_OF_BUDGET = [0.9, 1, 1.1];

/** More images hardly change the choice, and take time. */
const MOST_IMAGES = 1000;

/**
 * Chooses exits step by step: from none on, the exit is put in or taken out that makes the cascade serve a target best on some images,
 * until none makes it better. The path is fixed beforehand wherever there is a scale for it, so that only the set of exits is fitted.
 *
 * @param outputs with the labels that count.
 * @returns which exits are worth running; all where no set serves the target better than the full network.
 */
export function payingExits(outputs: RecordedOutputs, scoring: Scoring, target: Target): readonly boolean[] {
  return chosenExits(sampleTables(outputs, scoring), choosingPath(scoring), target);
}

/** The path that sets of exits are compared on: of one threshold for all exits, or by the paper's rule where their confidences have no scale. */
function choosingPath(scoring: Scoring): PathMaker {
  return pathMakerOf(hasScale(scoring) ? 'shared' : 'paper-path', scoring.criterion);
}

function sampleTables(outputs: RecordedOutputs, scoring: Scoring): ExitTables {
  const images = Math.min(MOST_IMAGES, outputs.labels.length);
  const rows = Uint32Array.from({ length: images }, (_, row) => row);
  return scoredTables(outputRows(outputs, rows), scoring);
}

function chosenExits(tables: ExitTables, makePath: PathMaker, target: Target): readonly boolean[] {
  const worth = (exits: readonly boolean[]): number => {
    if (!exits.includes(true)) return FULL_NETWORK[target.kind];
    const table = tables.table(exits);
    return worthOf(table, makePath(table, exits), target);
  };
  let chosen: readonly boolean[] = new Array<boolean>(tables.exits).fill(false);
  let best: number = FULL_NETWORK[target.kind];
  for (;;) {
    const steps = chosen.map((isIn, exit) => {
      const exits = chosen.with(exit, !isIn);
      const reached = worth(exits);
      return { exits, reached, gain: reached - best - (isIn ? 0 : LEAST_GAIN[target.kind]) };
    });
    const step = steps.reduce((a, b) => (b.gain > a.gain ? b : a));
    if (step.gain <= 0) break;
    chosen = step.exits;
    best = step.reached;
  }
  return chosen.includes(true) ? chosen : chosen.map(() => true);
}

/** How well the points of a path serve a target: the share of the cost saved, or the right answers gained as a share of the images. */
function worthOf(table: ExitTable, path: ThresholdPath, target: Target): number {
  const outcome = replayPath(path, table);
  const { breaks, repairs, cost, images } = outcome;
  const { full } = table.costs;
  const targets: readonly Target[] =
    target.kind === 'max-drop'
      ? FURTHER_DROPS.map((further) => ({ kind: 'max-drop', drop: target.drop + further }))
      : SHARES_OF_BUDGET.map((share) => ({ kind: 'max-cost', share: share * target.share }));
  const worths = targets.map((each) => {
    const best = bestPoint(outcome, each, full);
    if (best === undefined) return FULL_NETWORK[each.kind];
    const worth =
      each.kind === 'max-drop' ? 1 - cost[best]! / images / full : (repairs[best]! - breaks[best]!) / images;
    return Math.max(FULL_NETWORK[each.kind], worth);
  });
  return worths.reduce((sum, worth) => sum + worth, 0) / worths.length;
}
