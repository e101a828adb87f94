import type { CostAxis } from '../cost-axis.js';
import type { EvalRow, ExitRow, FrontRow, Report, Split } from '../rows-read.js';
import type { FrontPoint, FullNetwork, OperatingPoint, PicturePoint } from './front-points.js';
import { fullNetworks, isFullExit, isFullMethod } from './full-networks.js';
import { distinct, naming } from './naming.js';

/** All that the picture of accuracy against cost draws, before any thought of pixels. */
export interface FrontData {
  readonly axis: CostAxis;
  readonly split: Split;
  readonly runs: readonly string[];
  readonly methods: readonly string[];
  readonly fronts: readonly FrontPoint[];
  readonly operatingPoints: readonly OperatingPoint[];
  readonly exits: readonly PicturePoint[];
  readonly fullNetworks: readonly FullNetwork[];
  /** The rows drawn, for the title's facts. */
  readonly rows: readonly (FrontRow | EvalRow | ExitRow)[];
  /** Runs with rows of the calibration split only, left out because others were tested. */
  readonly untestedRuns: readonly string[];
}

/** Up to this many runs are named in the title, and beside their full networks. */
export const NAMED_RUNS = 4;

/**
 * Picks what is drawn. Test rows alone if there are any: calibration rows flatter, and mixing the two would
 * compare unlike things; of these rows those that say what they cost. Where a run was evaluated on several seeded splits, the first carries the labels.
 */
export function frontData(report: Report, axis: CostAxis): FrontData {
  const priced = <R extends FrontRow | EvalRow | ExitRow>(rows: readonly R[]) =>
    rows.filter((row) => axis.percentOf(row) !== null);
  const costOf = (row: FrontRow | EvalRow | ExitRow): number => axis.percentOf(row)!;
  const given = { front: priced(report.front), eval: priced(report.eval), exits: priced(report.exits) };
  const all = [...given.front, ...given.eval, ...given.exits];
  const split = all.some((row) => row.split === 'test') ? 'test' : 'calibration';
  const drawn = <R extends { split: Split }>(rows: readonly R[]) => rows.filter((row) => row.split === split);
  const [front, evaluations, exits] = [drawn(given.front), drawn(given.eval), drawn(given.exits)];
  const rows = [...front, ...evaluations, ...exits];

  const runName = naming(rows, (row) => row.cascade, [(row) => row.dataset, (row) => row.mac_convention]);
  const points = [...front, ...evaluations].filter((row) => !isFullMethod(row));
  const methodName = naming(points, (row) => row.method, [(row) => row.criterion]);
  const runs = distinct(rows.map(runName));
  const methods = distinct(points.map(methodName));

  const firstSplits = new Map<string, string>();
  for (const row of rows) if (!firstSplits.has(runName(row))) firstSplits.set(runName(row), row.split_seed);
  const labelled = (row: FrontRow | EvalRow | ExitRow, text: string) =>
    firstSplits.get(runName(row)) === row.split_seed ? text : '';

  const confidences = distinct(evaluations.map((row) => row.confidence_percent));
  const operatingText = (row: EvalRow) => {
    const method = runs.length > 1 && methods.length > 1 ? `${methodName(row)}, ` : '';
    const sure = row.confidence_percent === null ? '(empirical)' : `(${row.confidence_percent} % confidence)`;
    const aim = [askedText(row), confidences.length > 1 ? sure : ''].filter((part) => part !== '').join(' ');
    const reached = `${row.accuracy_percent.toFixed(1)} %, ${(100 - costOf(row)).toFixed(1)} % saved`;
    return `${method}${aim === '' ? '' : `${aim}: `}${reached}`;
  };

  return {
    axis,
    split,
    runs,
    methods,
    rows,
    untestedRuns: distinct(all.map(runName)).filter((run) => !runs.includes(run)),
    fronts: front
      .filter((row) => !isFullMethod(row))
      .map((row) => ({
        run: runName(row),
        method: methodName(row),
        line: [runName(row), methodName(row), row.split_seed, row.seed].join(' '),
        cost_percent: costOf(row),
        accuracy_percent: row.accuracy_percent,
        label: '',
      })),
    operatingPoints: evaluations
      .filter((row) => !isFullMethod(row))
      .map((row) => ({
        run: runName(row),
        method: methodName(row),
        cost_percent: costOf(row),
        accuracy_percent: row.accuracy_percent,
        low_percent: difference(row.full_accuracy_percent, row.drop_high_points),
        high_percent: difference(row.full_accuracy_percent, row.drop_low_points),
        label: labelled(row, operatingText(row)),
      })),
    exits: exits
      .filter((row) => !isFullExit(row))
      .map((row) => ({
        run: runName(row),
        method: '',
        cost_percent: costOf(row),
        accuracy_percent: row.accuracy_percent,
        label: labelled(row, row.name === '' ? `exit ${row.exit}` : row.name),
      })),
    fullNetworks: fullNetworks([...exits, ...front, ...evaluations], axis, runName, (row, figures) =>
      labelled(row, fullNetworkText(runName(row), runs.length, figures)),
    ),
  };
}

/** The key has the figures where there are several runs, and the name too where there are many. */
function fullNetworkText(run: string, runs: number, figures: string): string {
  if (runs === 1) return `full network: ${figures}`;
  return runs <= NAMED_RUNS ? run : '';
}

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

/** What was asked of an operating point, in words; empty where its row says nothing of it. */
function askedText({
  max_drop_points: drop,
  max_macs_percent: macs,
  max_time_percent: time,
  epsilon_points: epsilon,
  labels,
}: EvalRow): string {
  if (drop !== null) return `max ${labels === 'none' ? 'disagreement' : 'drop'} ${drop} %`;
  if (macs !== null) return `max ${macs} % of the MACs`;
  if (time !== null) return `max ${time} % of the time`;
  return epsilon === null ? '' : `ε ${epsilon} %`;
}
