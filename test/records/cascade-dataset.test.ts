import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import type { Manifest } from '../../lib/artifact/manifest.js';
import { locateCascadeDataset } from '../../lib/records/cascade-dataset.js';
import { temporaryFolder } from '../support/run-cascade.js';

/** As far as a data set is found by it. */
function madeOf(dataset: string, isImported = false): Manifest {
  return { dataset, ...(isImported ? {} : { backbone: {} }) } as Manifest;
}

test('a cascade of a folder with a description of its own asks for that folder, which nobody named', async (t) => {
  await t.throwsAsync(locateCascadeDataset('a.cascade', madeOf('nips-2017-260'), {}), {
    code: 'CASCADE_WRONG_USAGE',
    message:
      'The images of a.cascade are of the data set nips-2017-260, which was a folder with a dataset.json when the cascade was made; name that folder with --data.',
  });
});

test('a cascade of a known data set that is not there says how to get it', async (t) => {
  const dataDir = await temporaryFolder(t);
  await t.throwsAsync(locateCascadeDataset('a.cascade', madeOf('cifar10'), { dataDir }), {
    message: /^CIFAR-10 is not in .*; run `cascade fetch cifar10` or name its folder with --data-dir\.$/,
  });
});

test('a cascade of outputs alone has no images', async (t) => {
  await t.throwsAsync(locateCascadeDataset('a.cascade', madeOf('cifar10', true), {}), {
    message: 'a.cascade holds recorded outputs and no images; name their data set with --data.',
  });
});

test('a folder without a description, and a file, are said to be what they are', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'photographs');
  await mkdir(folder);
  await t.throwsAsync(locateCascadeDataset('a.cascade', madeOf('x'), { data: folder }), {
    message: /photographs is a folder without a dataset\.json, .*datasets\/README\.md.*--data-dir\.$/,
  });
  const archive = path.join(folder, 'images.zip');
  await writeFile(archive, '');
  await t.throwsAsync(locateCascadeDataset('a.cascade', madeOf('x'), { data: archive }), {
    message: /images\.zip is a file, and no description of a data set; give .*$/,
  });
});
