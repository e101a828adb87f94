import { readFile } from 'node:fs/promises';
import test from 'ava';
import { packageVersion } from '../../../lib/report/results/environment.js';

test('the version of a package is that of its description, and of one that is not installed there is none', async (t) => {
  const { version } = JSON.parse(await readFile('node_modules/zod/package.json', 'utf8')) as {
    version: string;
  };
  t.is(packageVersion('zod'), version);
  t.is(packageVersion('onnxruntime-nowhere'), null);
});
