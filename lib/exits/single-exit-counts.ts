import type { ExitTables } from './exit-tables.js';

/** How many images each exit has right if all leave there, only its own head run; the full network last. */
export function singleExitCounts(tables: ExitTables): number[] {
  return Array.from({ length: tables.exits + 1 }, (_, index) => {
    const table = tables.table(onlyExit(index, tables.exits));
    const correct = table.exits[index]?.correct ?? table.fullCorrect;
    return correct.reduce((sum, right) => sum + right, 0);
  });
}

/** Only one exit enabled; none where `index` is the full network's. */
export function onlyExit(index: number, exits: number): boolean[] {
  return Array.from({ length: exits }, (_, other) => other === index);
}
