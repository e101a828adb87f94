import type { ExitCosts, ExitTable } from './exit-table.js';
import { enabledExits, type Thresholds } from './thresholds.js';

/** Recorded outputs as a table for any set of enabled exits, since what an exit says may depend on those before it. */
export interface ExitTables {
  readonly images: number;
  /** Number of exits, the backbone's own classifier not among them. */
  readonly exits: number;
  readonly costs: ExitCosts;
  /** The table under a set of enabled exits; columns of disabled exits mean nothing. */
  table(enabled: readonly boolean[]): ExitTable;
}

/** All exits as enabled ones. */
export function allExits({ exits }: Pick<ExitTables, 'exits'>): readonly boolean[] {
  return new Array<boolean>(exits).fill(true);
}

/** The table that thresholds are to be replayed on. */
export function tableFor(tables: ExitTables, thresholds: Thresholds): ExitTable {
  return tables.table(enabledExits(thresholds));
}

/** Tables that do not depend on which exits are enabled. */
export function fixedTables(table: ExitTable): ExitTables {
  return {
    images: table.images,
    exits: table.exits.length,
    costs: table.costs,
    table: () => table,
  };
}

/** Tables made on demand, one for each set of enabled exits, and kept. */
export function tablesOnDemand(
  images: number,
  costs: ExitCosts,
  make: (enabled: readonly boolean[]) => ExitTable,
): ExitTables {
  const made = new Map<string, ExitTable>();
  const table = (enabled: readonly boolean[]): ExitTable => {
    const key = enabled.join();
    const found = made.get(key) ?? make(enabled);
    made.set(key, found);
    return found;
  };
  return {
    images,
    exits: costs.heads.length,
    costs,
    table,
  };
}
