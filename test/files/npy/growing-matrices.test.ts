import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type GrowingMatrices, openGrowingMatrices } from '../../../lib/files/npy/growing-matrices.js';
import { readNpy } from '../../../lib/files/npy/npy.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const ROWS = 6;
const COLUMNS = 2;

interface Bench {
  readonly file: string;
  /** Milliseconds that the clock shows. */
  now: number;
  open(claimed: number): Promise<GrowingMatrices>;
  /** What is surely on the disk by what is written there. */
  rowsOnDisk(): Promise<number>;
}

async function bench(t: ExecutionContext): Promise<Bench> {
  const folder = await temporaryFolder(t);
  const progressFile = path.join(folder, 'progress.json');
  const each: Bench = {
    file: path.join(folder, 'a.npy'),
    now: 0,
    open: (claimed) =>
      openGrowingMatrices([{ file: each.file, type: '<f4', columns: COLUMNS }], {
        rows: ROWS,
        claimed,
        progressFile,
        progressOf: (rows) => ({ rows }),
        clock: () => each.now,
      }),
    rowsOnDisk: async () => {
      const text = await readFile(progressFile, 'utf8').catch(() => '{"rows": 0}');
      return (JSON.parse(text) as { rows: number }).rows;
    },
  };
  return each;
}

/** A batch of two rows. */
function batch(first: number): Float32Array {
  return Float32Array.from({ length: 2 * COLUMNS }, (_, index) => COLUMNS * first + index);
}

test('rows are on the disk a minute after the last that were, and not with every batch', async (t) => {
  const place = await bench(t);
  const matrices = await place.open(0);
  place.now = 59_000;
  await matrices.append([batch(0)]);
  t.is(await place.rowsOnDisk(), 0);
  place.now = 60_000;
  await matrices.append([batch(2)]);
  t.is(await place.rowsOnDisk(), 4);
  place.now = 119_000;
  await matrices.append([batch(4)]);
  t.is(await place.rowsOnDisk(), 4);
  await matrices.finish();
  t.is(await place.rowsOnDisk(), 6);
});

test('what was on the disk is gone on with, and what came behind it is written again', async (t) => {
  const place = await bench(t);
  const first = await place.open(0);
  place.now = 60_000;
  await first.append([batch(0)]);
  await first.append([batch(99)]);
  await first.suspend();
  const second = await place.open(await place.rowsOnDisk());
  t.is(second.done, 2);
  await second.append([batch(2)]);
  await second.append([batch(4)]);
  await second.finish();
  const { shape, data } = await readNpy(place.file);
  t.deepEqual(shape, [ROWS, COLUMNS]);
  t.deepEqual([...data], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

for (const [what, claimed] of [
  ['more rows than the file has', 4],
  ['more rows than there will be', 7],
] as const)
  test(`a claim of ${what} begins anew`, async (t) => {
    const place = await bench(t);
    const first = await place.open(0);
    await first.append([batch(0)]);
    await first.suspend();
    const second = await place.open(claimed);
    t.is(second.done, 0);
    await second.suspend();
  });
