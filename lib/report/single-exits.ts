import type { ExitTable } from '../exits/exit-table.js';
import { leavingMacs } from '../exits/thresholds.js';
import type { CsvValue } from './csv.js';
import { percent } from './numbers.js';
import type { RowSource } from './result-rows.js';

/** Rows of `exits.csv`: what each exit would do if every image left there, only its own head run; the full network last. */
export function singleExitRows(
  source: RowSource,
  table: ExitTable,
  splitSeed: number,
): readonly Readonly<Record<string, CsvValue>>[] {
  const columns = [...table.exits.map(({ correct }) => correct), table.fullCorrect];
  return columns.map((correct, index) => {
    const exit = source.exits[index];
    const macs = leavingMacs(
      table.costs,
      columns.slice(0, -1).map((_, other) => other === index),
    )[index]!;
    return {
      cascade: source.name,
      dataset: source.dataset,
      split: 'test',
      split_seed: splitSeed,
      exit: index,
      block: exit?.block ?? null,
      name: exit?.name ?? 'full network',
      head: exit?.head ?? null,
      images: table.images,
      accuracy_percent: percent(correct.reduce((sum, right) => sum + right, 0) / table.images),
      macs,
      macs_percent: percent(macs / table.costs.fullMacs),
      mac_convention: source.mac_convention,
      seed: source.seed,
    };
  });
}
