import test from 'ava';
import type { ExitTable } from '../../lib/exits/exit-table.js';
import { fixedTables, tableFor, tablesOnDemand } from '../../lib/exits/exit-tables.js';

const COSTS = { backbone: [10, 20], heads: [1, 1], full: 30 };

/** A table of two images whose first confidence tells which exits are enabled. */
function marked(enabled: readonly boolean[]): ExitTable {
  const mark = enabled.reduce((sum, isOn, exit) => sum + Number(isOn) * 2 ** exit, 0);
  const column = { confidence: Float64Array.of(mark, 9), correct: Uint8Array.of(1, 0) };
  return { images: 2, exits: [column, column], fullCorrect: Uint8Array.of(1, 1), costs: COSTS };
}

test('a fixed table is the same whichever exits are enabled', (t) => {
  const table = marked([true, true]);
  const tables = fixedTables(table);
  t.is(tables.table([true, false]), table);
  t.is(tableFor(tables, [null, null]), table);
});

test('tables on demand are made once for each set of enabled exits', (t) => {
  const asked: string[] = [];
  const tables = tablesOnDemand(2, COSTS, (enabled) => {
    asked.push(enabled.join());
    return marked(enabled);
  });
  const first = tables.table([true, false]);
  t.is(tables.table([true, false]), first);
  t.is(tableFor(tables, [0.5, null]), first);
  t.is(tables.table([false, true]).exits[0]!.confidence[0], 2);
  t.deepEqual(asked, ['true,false', 'false,true']);
});
