import { FULL_NETWORK } from '../../../artifact/exit-names.js';
import type { CostAxis } from '../../cost-axis.js';
import type { EvalRow, ExitRow, FrontRow } from '../../rows-read.js';
import type { FullNetwork } from './front-points.js';

type AnyRow = FrontRow | EvalRow | ExitRow;

export const isFullMethod = (row: FrontRow | EvalRow) => row.method === 'full';
export const isFullExit = (row: ExitRow) => row.name === FULL_NETWORK;

/**
 * The full network of each run and split, from whichever row tells of it first. It stands at 100 % of its own
 * cost by definition.
 */
export function fullNetworks(
  rows: readonly AnyRow[],
  axis: CostAxis,
  runName: (row: AnyRow) => string,
  label: (row: AnyRow, figures: string) => readonly string[],
): FullNetwork[] {
  const found = new Map<string, FullNetwork>();
  for (const row of rows) {
    const key = JSON.stringify([runName(row), row.split_seed]);
    const accuracy = fullAccuracyOf(row);
    if (accuracy === null || found.has(key)) continue;
    const cost = axis.fullWords(row);
    const figures = `${accuracy.toFixed(1)} %${cost === null ? '' : `, ${cost}`}`;
    found.set(key, {
      run: runName(row),
      method: '',
      cost_percent: 100,
      accuracy_percent: accuracy,
      figures,
      label: label(row, figures),
    });
  }
  return [...found.values()];
}

/** What a row says of the full network; an exit's row says something only where it is the full network's. */
function fullAccuracyOf(row: AnyRow): number | null {
  if ('exit' in row) return isFullExit(row) ? row.accuracy_percent : null;
  const own = isFullMethod(row) ? row.accuracy_percent : null;
  return row.full_accuracy_percent ?? own;
}
