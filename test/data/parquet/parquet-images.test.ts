import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { ImageSource } from '../../../lib/data/image-source.js';
import { CascadeError } from '../../../lib/errors.js';
import { FIXTURES, levelsOf, openFiles } from '../../support/image-files.js';
import { temporaryFolder } from '../../support/run-cascade.js';

test('Parquet shards, several row groups and pages, are read in any order', async (t) => {
  const folder = await temporaryFolder(t);
  for (const name of ['images-0.parquet', 'images-1.parquet'])
    await copyFile(path.join(FIXTURES, name), path.join(folder, name));
  const source = await openFiles(folder, { format: 'parquet', paths: ['images-*.parquet'] });
  t.deepEqual(
    [...source.labels],
    Array.from({ length: 20 }, (_, image) => image % 3),
  );
  const order = [19, 0, 5, 6, 12, 13, 14, 7, 1, 18, 2, 3, 4, 8, 9, 10, 11, 15, 16, 17];
  t.deepEqual(
    await levelsOf(source, order),
    order.map((image) => 10 * image),
  );
  await source.close();
});

test('a Parquet shard that is cut off, lacks a column or has a foreign label names itself', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'a.parquet');
  const bytes = await readFile(path.join(FIXTURES, 'images-0.parquet'));
  await writeFile(file, bytes.subarray(0, bytes.length - 100));
  const group = { format: 'parquet', paths: ['a.parquet'] };
  const error = await t.throwsAsync(openFiles(folder, group));
  t.true(error!.message.startsWith(`${file} cannot be read as Parquet: `), error!.message);
  await writeFile(file, bytes);
  await t.throwsAsync(openFiles(folder, { ...group, image_column: 'img' }), {
    message: `${file} has no column img; name it in the description as image_column.`,
  });
  await t.throwsAsync(openFiles(folder, { ...group, label_column: 'image' }), {
    message: `${file} has lists or groups in the column image (image.bytes, image.path), where one value an image is needed; name such a column in the description as label_column.`,
  });
  await t.throwsAsync(openFiles(folder, group, { class_ids: ['n1', 'n2'], class_names: ['a', 'b'] }), {
    message: `${file} gives image 2 the label 2, but the classes are 0 to 1.`,
  });
});

async function openShard(t: ExecutionContext, name: string): Promise<ImageSource> {
  const folder = await temporaryFolder(t);
  await copyFile(path.join(FIXTURES, name), path.join(folder, 'a.parquet'));
  const source = await openFiles(folder, { format: 'parquet', paths: ['*.parquet'] });
  t.teardown(() => source.close());
  return source;
}

test("Parquet's labels may be texts, or count names that the file gives in an order of its own", async (t) => {
  const texts = await openShard(t, 'texts.parquet');
  t.deepEqual([...texts.labels], [2, 0, 1, 2]);
  const named = await openShard(t, 'named.parquet');
  t.deepEqual([...named.labels], [2, 0, 1, 2]);
  await t.throwsAsync(openShard(t, 'other-names.parquet'), {
    message:
      /a\.parquet has classes named violet, which the class_names lack, and none for blue of the class_names/,
  });
});

test('missing and broken labels of Parquet are never class 0', async (t) => {
  await t.throwsAsync(openShard(t, 'no-label.parquet'), {
    message: /^image 2 of .*a\.parquet has no label; give it one, or take it out\.$/,
  });
  await t.throwsAsync(openShard(t, 'fractions.parquet'), {
    message: /a\.parquet gives image 2 the label 1\.5, which is not a whole number\.$/,
  });
});

test('a Parquet shard with any byte wrong gives images or one sentence', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'a.parquet');
  const bytes = await readFile(path.join(FIXTURES, 'images-1.parquet'));
  let failures = 0;
  const faults = Array.from(
    { length: Math.ceil(bytes.length / 5) },
    (_, fifth) => [5 * fifth, 0xff] as const,
  );
  // The last makes the list of a column's names a field that no reader knows.
  for (const [at, value] of [...faults, [738, 0x36] as const]) {
    const damaged = Buffer.from(bytes);
    damaged[at] = damaged[at] === value ? 0x7f : value;
    await writeFile(file, damaged);
    try {
      const source = await openFiles(folder, { format: 'parquet', paths: ['a.parquet'] });
      await source.close();
    } catch (error) {
      t.true(error instanceof CascadeError, `byte ${at}: ${error}`);
      t.notRegex((error as Error).message, /undefined|\n/, `byte ${at}`);
      failures++;
    }
  }
  t.true(failures > 20);
});
