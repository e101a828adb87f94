import { chooseOnPath } from '../../lib/calibrate/choose-on-path.js';
import { jointSearch } from '../../lib/calibrate/joint/joint-search.js';
import { paperPath } from '../../lib/calibrate/paths/paper-path.js';
import { fixedTables } from '../../lib/exits/exit-tables.js';
import { renderTable } from '../../lib/report/table.js';
import { interleaved } from './interleaved.js';
import { randomRecords } from './random-records.js';

const target = { kind: 'max-drop', drop: 0.01 } as const;

/** Choosing thresholds from records, as numbers of images and exits grow. */
export async function benchThresholdSearch(): Promise<void> {
  const ways: Record<string, () => unknown> = {};
  for (const [images, exits] of [
    [5_000, 2],
    [50_000, 2],
    [5_000, 12],
    [50_000, 12],
  ] as const) {
    const tables = fixedTables(randomRecords(images, exits));
    const size = `${images} images, ${exits} exits`;
    ways[`paper's rule, one ε: ${size}`] = () => chooseOnPath(paperPath, tables, target);
    if (images * exits <= 100_000) ways[`joint search: ${size}`] = () => jointSearch(tables, target);
  }
  const seconds = await interleaved(ways, 3);
  console.log('\nChoosing thresholds for a drop of at most 1 point:\n');
  console.log(
    renderTable(
      ['', 'seconds'],
      [...seconds].map(([name, time]) => [name, time.toFixed(3)]),
    ),
  );
}
