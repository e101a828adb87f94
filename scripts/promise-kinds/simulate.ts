import { makeCertifiedPath, type Search } from '../../lib/calibrate/calibrate.js';
import { certifiedUnderDrop, exactDropTest, remembered } from '../../lib/calibrate/certified-path.js';
import { groupingOf } from '../../lib/calibrate/promises/promise-kind.js';
import { tableFor } from '../../lib/exits/exit-tables.js';
import { outputRows, type RecordedOutputs, scoredTables } from '../../lib/exits/recorded-outputs.js';
import { replay } from '../../lib/exits/replay.js';
import type { Thresholds } from '../../lib/exits/thresholds.js';
import { createRandom } from '../../lib/stats/random.js';
import { worstDrop } from './kind-over-halvings.js';

export interface KindSimulation {
  /** Images of a calibration set, drawn with replacement. */
  readonly images: number;
  /** Largest drop asked for, a fraction. */
  readonly drop: number;
  /** With a scoring that takes no fitting. */
  readonly search: Search & Required<Pick<Search, 'promise'>>;
  readonly draws: number;
  readonly seed: number;
}

/** Sums over all draws. */
export interface KindOutcome {
  /** Draws whose choice truly drops more than asked in some group. */
  broken: number;
  /** Draws in which something was certified. */
  certified: number;
  /** True savings, fractions of the full network's MACs. */
  saved: number;
}

/** `none`: each group is tested at the full level; `groups`: at its share (Bonferroni); `mean`: all images together are tested. */
export type Correction = 'none' | 'groups' | 'mean';

const ERROR = 0.05;

/** Repeats certified calibrations on draws from a population whose true drops in every group are known. */
export function simulateKind(
  population: RecordedOutputs,
  { images, drop, search, draws, seed }: KindSimulation,
): Readonly<Record<Correction, KindOutcome>> {
  const random = createRandom(seed);
  const test = remembered(exactDropTest);
  const tables = scoredTables(population, search.scoring);
  const grouping = groupingOf(search.promise, population)!;
  const truthOf = (thresholds: Thresholds): { readonly worst: number; readonly saved: number } => {
    const table = tableFor(tables, thresholds);
    const { leftAt, cost } = replay(table, thresholds);
    const groups = grouping(table, thresholds, leftAt);
    return { worst: worstDrop(groups), saved: 1 - cost / table.images / population.costs.full };
  };
  const none = (): KindOutcome => ({ broken: 0, certified: 0, saved: 0 });
  const result = { none: none(), groups: none(), mean: none() };
  for (let draw = 0; draw < draws; draw++) {
    const rows = Uint32Array.from({ length: images }, () => random() * population.labels.length);
    const target = { kind: 'max-drop', drop } as const;
    const { path } = makeCertifiedPath(outputRows(population, rows), search, target, seed + draw);
    const groups = Math.max(1, path.points[0]?.groups?.length ?? 1);
    const together = { ...path, points: path.points.map(({ groups: _, ...point }) => point) };
    const record = (correction: Correction, tested: typeof path | typeof together, error: number): void => {
      const point = certifiedUnderDrop(tested, drop, 1 - error, population.costs, test);
      if (point === undefined) return;
      const { worst, saved } = truthOf(point.thresholds);
      const outcome = result[correction];
      outcome.certified++;
      outcome.saved += saved;
      if (worst > drop) outcome.broken++;
    };
    record('none', path, ERROR);
    record('groups', path, ERROR / groups);
    record('mean', together, ERROR);
  }
  return result;
}
