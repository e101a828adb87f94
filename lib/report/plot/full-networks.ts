import type { EvalRow, ExitRow, FrontRow } from '../rows-read.js';
import type { FullNetwork } from './front-points.js';

type AnyRow = FrontRow | EvalRow | ExitRow;

export const isFullMethod = (row: FrontRow | EvalRow) => row.method === 'full';
export const isFullExit = (row: ExitRow) => row.name === 'full network';

/**
 * The full network of each run and split, from whichever row tells of it first. It stands at 100 % of its own
 * MACs by definition.
 */
export function fullNetworks(
  rows: readonly AnyRow[],
  runName: (row: AnyRow) => string,
  label: (row: AnyRow, figures: string) => string,
): FullNetwork[] {
  const found = new Map<string, FullNetwork>();
  for (const row of rows) {
    const key = JSON.stringify([runName(row), row.split_seed]);
    const { accuracy, macs } = fullNetworkOf(row);
    if (accuracy === null || found.has(key)) continue;
    const figures = `${accuracy.toFixed(1)} %${macs === null ? '' : `, ${shortCount(macs)} MACs`}`;
    found.set(key, {
      run: runName(row),
      method: '',
      macs_percent: 100,
      accuracy_percent: accuracy,
      figures,
      label: label(row, figures),
    });
  }
  return [...found.values()];
}

/** What a row says of the full network; an exit's row says something only where it is the full network's. */
function fullNetworkOf(row: AnyRow): { accuracy: number | null; macs: number | null } {
  if ('exit' in row) {
    return isFullExit(row)
      ? { accuracy: row.accuracy_percent, macs: row.macs }
      : { accuracy: null, macs: null };
  }
  const own = isFullMethod(row) ? row.accuracy_percent : null;
  return { accuracy: row.full_accuracy_percent ?? own, macs: row.full_macs };
}

/** 125,485,696 → "125.5 M"; 4,089,184,256 → "4.09 G". */
function shortCount(macs: number): string {
  return macs >= 1e9 ? `${(macs / 1e9).toFixed(2)} G` : `${(macs / 1e6).toFixed(1)} M`;
}
