import type { ExitCosts } from '../exits/exit-table.js';
import type { ExitTables } from '../exits/exit-tables.js';
import { leavingMacs } from '../exits/thresholds.js';
import type { CsvValue } from './csv.js';
import { percent } from './numbers.js';
import type { RowSource } from './result-rows.js';

/** How many inputs each exit has right if all leave there, only its own head run; the full network last. */
export function singleExitCounts(tables: ExitTables): number[] {
  return Array.from({ length: tables.exits + 1 }, (_, index) => {
    const table = tables.table(alone(index, tables.exits));
    const correct = table.exits[index]?.correct ?? table.fullCorrect;
    return correct.reduce((sum, right) => sum + right, 0);
  });
}

/**
 * Rows of `exits.csv`: what each exit would do if every image left there, only its own head run; the full network last.
 *
 * @param correct `singleExitCounts` of the images.
 */
export function singleExitRows(
  source: RowSource,
  costs: ExitCosts,
  correct: readonly number[],
  images: number,
  splitSeed: number,
): readonly Readonly<Record<string, CsvValue>>[] {
  return correct.map((count, index) => {
    const exit = source.exits[index];
    const macs = leavingMacs(costs, alone(index, source.exits.length))[index]!;
    return {
      cascade: source.name,
      dataset: source.dataset,
      split: 'test',
      split_seed: splitSeed,
      exit: index,
      block: exit?.block ?? null,
      name: exit?.name ?? 'full network',
      head: exit?.head ?? null,
      images,
      accuracy_percent: percent(count / images),
      macs,
      macs_percent: percent(macs / costs.fullMacs),
      mac_convention: source.mac_convention,
      seed: source.seed,
    };
  });
}

/** Only one exit enabled; none where it is the full network. */
function alone(index: number, exits: number): boolean[] {
  return Array.from({ length: exits }, (_, other) => other === index);
}
