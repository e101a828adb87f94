import { usageError } from '../../../errors.js';
import type { CostAxis } from '../../cost-axis.js';
import { atOnce } from '../../describe/describe-promise.js';
import type { EvalRow, ExitRow, FrontRow, Report, Split } from '../../rows-read.js';
import { tellingWords } from '../choice-words.js';
import { criterionWords, methodWords } from '../method-words.js';
import { distinct, listed, naming, shortNames } from '../naming.js';
import type { FrontPoint, FullNetwork, OperatingPoint, PicturePoint } from './front-points.js';
import { fullNetworks, isFullExit, isFullMethod } from './full-networks.js';

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
  readonly rows: readonly AnyRow[];
  /** Runs with rows of the calibration split only, left out because others were tested. */
  readonly untestedRuns: readonly string[];
}

type AnyRow = FrontRow | EvalRow | ExitRow;

/**
 * Picks what is drawn. Test rows alone if there are any: calibration rows flatter, and mixing the two would
 * compare unlike things; of these rows those that say what they cost. Where a run was evaluated on several seeded splits, the first carries the labels.
 *
 * @param batchSize of the times, where costs are times of several numbers of images at once.
 * @throws CascadeError if times of several numbers of images at once would be mixed.
 */
export function frontData(report: Report, axis: CostAxis, batchSize?: number): FrontData {
  const kept = axis.isTime ? checkedBatch(report, batchSize) : () => true;
  const priced = <R extends AnyRow>(rows: readonly R[]) =>
    rows.filter((row) => axis.percentOf(row) !== null && kept(row));
  const costOf = (row: AnyRow): number => axis.percentOf(row)!;
  const given = { front: priced(report.front), eval: priced(report.eval), exits: priced(report.exits) };
  const all = [...given.front, ...given.eval, ...given.exits];
  const split = all.some((row) => row.split === 'test') ? 'test' : 'calibration';
  const drawn = <R extends { split: Split }>(rows: readonly R[]) => rows.filter((row) => row.split === split);
  const [front, evaluations, exits] = [drawn(given.front), drawn(given.eval), drawn(given.exits)];
  const rows = [...front, ...evaluations, ...exits];

  const short = shortNames(distinct(all.map((row) => row.cascade)));
  const runName = naming(rows, (row) => short(row.cascade), [
    (row) => row.dataset,
    (row) => row.mac_convention,
  ]);
  const points = [...front, ...evaluations].filter((row) => !isFullMethod(row));
  const runs = distinct(rows.map(runName));
  const methodName = naming(points, ({ method }) => methodWords(method), [
    ({ criterion }) => criterionWords(criterion),
  ]);
  const isTold =
    runs.length === 1 ||
    runs.some((run) => distinct(points.filter((row) => runName(row) === run).map(methodName)).length > 1);
  // A run's own way needs no dash of its own where every run has one.
  const drawnMethod = (row: FrontRow | EvalRow): string => (isTold ? methodName(row) : '');

  const firstSplits = new Map<string, string>();
  for (const row of rows) if (!firstSplits.has(runName(row))) firstSplits.set(runName(row), row.split_seed);
  const labelled = (row: AnyRow, label: readonly string[]) =>
    firstSplits.get(runName(row)) === row.split_seed ? label : [];
  const chosen = evaluations.filter((row) => !isFullMethod(row));
  const labelOf = operatingLabels(chosen, runs.length, runName, methodName, costOf);

  return {
    axis,
    split,
    runs,
    methods: distinct(points.map(drawnMethod)),
    rows,
    untestedRuns: distinct(all.map(runName)).filter((run) => !runs.includes(run)),
    fronts: front
      .filter((row) => !isFullMethod(row))
      .map((row) => ({
        run: runName(row),
        method: drawnMethod(row),
        line: [runName(row), methodName(row), row.split_seed, row.seed].join(' '),
        cost_percent: costOf(row),
        accuracy_percent: row.accuracy_percent,
        label: [],
      })),
    operatingPoints: chosen.map((row) => ({
      run: runName(row),
      method: drawnMethod(row),
      cost_percent: costOf(row),
      accuracy_percent: row.accuracy_percent,
      low_percent: difference(row.full_accuracy_percent, row.drop_high_points),
      high_percent: difference(row.full_accuracy_percent, row.drop_low_points),
      label: labelled(row, labelOf(row)),
    })),
    exits: exits
      .filter((row) => !isFullExit(row))
      .map((row) => ({
        run: runName(row),
        method: '',
        cost_percent: costOf(row),
        accuracy_percent: row.accuracy_percent,
        label: labelled(row, [row.name === '' ? `exit ${row.exit}` : row.name]),
      })),
    fullNetworks: fullNetworks([...exits, ...front, ...evaluations], axis, runName, (row, figures) => {
      const run = runName(row);
      const isNamed = chosen.some((each) => runName(each) === run);
      if (runs.length === 1) return labelled(row, [`full network: ${figures}`]);
      return isNamed ? [] : labelled(row, [run]);
    }),
  };
}

/** Two lines each: which point it is, and what it reaches. One that stands there twice is labelled once. */
function operatingLabels(
  rows: readonly EvalRow[],
  runs: number,
  runName: (row: EvalRow) => string,
  methodName: (row: EvalRow) => string,
  costOf: (row: EvalRow) => number,
): (row: EvalRow) => readonly string[] {
  const asked = (row: EvalRow): string =>
    tellingWords(
      rows.filter((other) => runName(other) === runName(row)),
      methodName,
    )(row);
  const isSame = distinct(rows.map(asked)).length === 1;
  const labels = rows.map((row) => {
    const name = runs === 1 ? asked(row) : isSame ? runName(row) : `${runName(row)}, ${asked(row)}`;
    const reached = `${row.accuracy_percent.toFixed(1)} %, ${(100 - costOf(row)).toFixed(1)} % saved`;
    return [name, reached].filter(Boolean);
  });
  const keys = labels.map((label) => label.join());
  return (row) => {
    const index = rows.indexOf(row);
    return keys.indexOf(keys[index]!) === index ? labels[index]! : [];
  };
}

/** Which rows' times may stand beside each other. */
function checkedBatch(
  { front, eval: evaluations, exits }: Report,
  batchSize: number | undefined,
): (row: AnyRow) => boolean {
  const sizes = distinct([...front, ...evaluations, ...exits].map((row) => row.batch_size))
    .filter((size) => size !== null)
    .sort((a, b) => a - b);
  if (batchSize === undefined && sizes.length > 1)
    throw usageError(
      `The files' times are of ${listed(sizes.map(atOnce))}, which are not to be compared; add --batch ${listed(sizes.map(String)).replace(' and ', ' or --batch ')}.`,
    );
  return (row) => batchSize === undefined || row.batch_size === batchSize;
}

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
