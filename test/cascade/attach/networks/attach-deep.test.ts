import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { runCascade } from '../../../support/run-cascade.js';
import { ATTACH, workshop } from '../../../support/workshop.js';

test('a deep head stands among others, and all that follows takes it for an exit like them', async (t) => {
  const folder = await workshop(t);
  const words = [...ATTACH, '--exits', '0,1', '--heads', '0:linear,1:deep', '--out', 'deep.cascade'];
  const { code, stderr } = await runCascade(folder, ...words);
  t.is(code, 0, stderr);
  t.regex(stderr, /Fitting a deep head of .* M MACs after block 1 takes about \d+ s/);
  t.regex(stderr, /Fitting 1 head /);
  const manifest = JSON.parse(await readFile(path.join(folder, 'deep.cascade', 'cascade.json'), 'utf8'));
  t.like(manifest, { exits: [{ head: 'linear' }, { head: 'deep' }], fit: { epochs: [10, 18] } });
  for (const line of [
    ['calibrate', 'deep.cascade', '--max-drop', '5%', '--confidence', 'none'],
    ['eval', 'deep.cascade', '--measure'],
    ['record', 'deep.cascade'],
    ['export', 'deep.cascade', '--out', 'exported'],
  ]) {
    const result = await runCascade(folder, ...line);
    t.is(result.code, 0, `${line[0]}: ${result.stderr}`);
  }
});

test('deep heads with an engine that fits no whole networks are refused before anything is computed', async (t) => {
  const folder = await workshop(t);
  const words = [...ATTACH, '--exits', '1,', '--heads', 'deep', '--engine', 'tensorflow'];
  const { code, stderr } = await runCascade(folder, ...words);
  t.not(code, 0);
  t.regex(stderr, /The engine tensorflow fits no whole networks; .*--engine onnxruntime/);
  t.notRegex(stderr, /Trying/);
});

test('deep heads are no candidates of --exits auto', async (t) => {
  const folder = await workshop(t);
  const { code, stderr } = await runCascade(folder, ...ATTACH, '--exits', 'auto', '--heads', 'linear,deep');
  t.not(code, 0);
  t.regex(stderr, /cannot probe heads of the kind deep/);
});
