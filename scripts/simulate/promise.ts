import { chooseEmpirically, makeCertifiedPath, type Search } from '../../lib/calibrate/calibrate.js';
import { certifiedUnderDrop, exactDropTest, remembered } from '../../lib/calibrate/certified-path.js';
import type { DecisionRule } from '../../lib/exits/decision-rule.js';
import type { ExitTables } from '../../lib/exits/exit-tables.js';
import {
  outputRows,
  type RecordedOutputs,
  scoredTables,
  withoutLabels,
} from '../../lib/exits/recorded-outputs.js';
import { replayOn } from '../../lib/exits/replay.js';
import { createRandom } from '../../lib/stats/random.js';

export interface Simulation {
  /** Images of a calibration set, drawn with replacement. */
  readonly images: number;
  /** Largest drop asked for, a fraction. */
  readonly drop: number;
  readonly search: Search;
  readonly draws: number;
  /** Other drops that are asked of the same path, as multiples of the one it was made for. */
  readonly others: readonly number[];
  readonly seed: number;
}

/** Counts over all draws; means over all draws too, a draw without a certified point counting as the full network. */
export interface SimulationResult {
  /** Draws whose certified choice truly drops more than asked. */
  readonly broken: number;
  /** The same for each of the other drops. */
  readonly otherBroken: readonly number[];
  /** Draws in which something was certified. */
  readonly certified: number;
  readonly empiricalBroken: number;
  readonly meanDrop: number;
  readonly meanSaved: number;
}

const CONFIDENCE = 0.95;

/** Repeats certified calibrations on draws from a population whose true drops are known. */
export function simulatePromise(population: RecordedOutputs, simulation: Simulation): SimulationResult {
  const { images, drop, search, draws, others, seed } = simulation;
  const random = createRandom(seed);
  const judged = search.labelFree ? withoutLabels(population) : population;
  const test = remembered(exactDropTest);
  let scored: { readonly key: string; readonly tables: ExitTables } | undefined;
  const trueOutcome = ({ scoring, thresholds }: DecisionRule): { drop: number; saved: number } => {
    const key = JSON.stringify(scoring);
    if (scored?.key !== key) scored = { key, tables: scoredTables(judged, scoring) };
    const { breaks, repairs, cost } = replayOn(scored.tables, thresholds);
    const count = population.labels.length;
    return { drop: (breaks - repairs) / count, saved: 1 - cost / count / population.costs.full };
  };
  const otherBroken = others.map(() => 0);
  let broken = 0;
  let certified = 0;
  let empiricalBroken = 0;
  let dropSum = 0;
  let savedSum = 0;
  for (let draw = 0; draw < draws; draw++) {
    const rows = Uint32Array.from({ length: images }, () => random() * population.labels.length);
    const sample = outputRows(population, rows);
    const target = { kind: 'max-drop', drop } as const;
    const { scoring, path } = makeCertifiedPath(sample, search, target, seed + draw);
    const chosen = certifiedUnderDrop(path, drop, CONFIDENCE, population.costs, test);
    if (chosen !== undefined) {
      const truth = trueOutcome({ scoring, thresholds: chosen.thresholds });
      certified++;
      dropSum += truth.drop;
      savedSum += truth.saved;
      if (truth.drop > drop) broken++;
    }
    others.forEach((multiple, index) => {
      const point = certifiedUnderDrop(path, multiple * drop, CONFIDENCE, population.costs, test);
      if (
        point !== undefined &&
        trueOutcome({ scoring, thresholds: point.thresholds }).drop > multiple * drop
      )
        otherBroken[index]!++;
    });
    const empirical = chooseEmpirically(sample, search, target);
    if (trueOutcome(empirical.rule).drop > drop) empiricalBroken++;
  }
  return {
    broken,
    otherBroken,
    certified,
    empiricalBroken,
    meanDrop: dropSum / draws,
    meanSaved: savedSum / draws,
  };
}
