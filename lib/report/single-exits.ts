import type { ExitTables } from '../exits/exit-tables.js';
import { leavingMacs } from '../exits/thresholds.js';
import type { CsvValue } from './csv.js';
import { percent } from './numbers.js';
import type { RowSource } from './result-rows.js';

/** Rows of `exits.csv`: what each exit would do if every image left there, only its own head run; the full network last. */
export function singleExitRows(
  source: RowSource,
  tables: ExitTables,
  splitSeed: number,
): readonly Readonly<Record<string, CsvValue>>[] {
  return Array.from({ length: tables.exits + 1 }, (_, index) => {
    const exit = source.exits[index];
    const alone = Array.from({ length: tables.exits }, (_, other) => other === index);
    const table = tables.table(alone);
    const correct = table.exits[index]?.correct ?? table.fullCorrect;
    const macs = leavingMacs(tables.costs, alone)[index]!;
    return {
      cascade: source.name,
      dataset: source.dataset,
      split: 'test',
      split_seed: splitSeed,
      exit: index,
      block: exit?.block ?? null,
      name: exit?.name ?? 'full network',
      head: exit?.head ?? null,
      images: tables.images,
      accuracy_percent: percent(correct.reduce((sum, right) => sum + right, 0) / tables.images),
      macs,
      macs_percent: percent(macs / tables.costs.fullMacs),
      mac_convention: source.mac_convention,
      seed: source.seed,
    };
  });
}
