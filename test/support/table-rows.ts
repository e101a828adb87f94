import type { ExitTable } from '../../lib/exits/exit-table.js';

/** Some inputs of a table, in the order given. */
export function tableRows(table: ExitTable, rows: Uint32Array): ExitTable {
  return {
    images: rows.length,
    exits: table.exits.map(({ confidence, correct }) => ({
      confidence: Float64Array.from(rows, (row) => confidence[row]!),
      correct: Uint8Array.from(rows, (row) => correct[row]!),
    })),
    fullCorrect: Uint8Array.from(rows, (row) => table.fullCorrect[row]!),
    ...(table.lastCorrect && { lastCorrect: Uint8Array.from(rows, (row) => table.lastCorrect![row]!) }),
    costs: table.costs,
  };
}
