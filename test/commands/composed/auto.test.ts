import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { mustRun, runCascade, runCascadeInShell, temporaryFolder } from '../../support/run-cascade.js';
import { workshop } from '../../support/workshop.js';

const AUTO = [
  'auto',
  'backbone.safetensors',
  '--data',
  'noise',
  '--max-drop',
  '30%',
  '--exits',
  '0,1',
] as const;

test('auto attaches, calibrates, evaluates and reports; again it attaches nothing; what it prints can be typed', async (t) => {
  const folder = await workshop(t);
  const { stdout } = await mustRun(folder, ...AUTO, '--force-backbone');
  const commands = [...stdout.matchAll(/^\$ (.*)$/gm)].map(([, line]) => line!);
  t.deepEqual(commands, [
    'cascade attach backbone.safetensors --exits 0,1 --data noise --force-backbone --out backbone.cascade',
    'cascade calibrate backbone.cascade --max-drop 30%',
    'cascade eval backbone.cascade',
    'cascade report backbone.cascade --data noise --out results/backbone/report.html',
  ]);
  const results = path.join(folder, 'results', 'backbone');
  const evaluated = await readFile(path.join(results, 'eval.csv'), 'utf8');
  t.true((await readdir(results)).includes('report.html'));

  const again = await mustRun(folder, ...AUTO, '--force-backbone');
  t.notRegex(again.stdout, /cascade attach/);
  t.regex(
    again.stderr,
    /^backbone\.cascade is there already and is used as it is, with the exits and heads that it has; --force attaches again\.$/m,
  );

  await rm(path.join(folder, 'results'), { recursive: true });
  const typed = await runCascadeInShell(folder, ['set -e', ...commands.slice(1)].join('\n'));
  t.is(typed.code, 0, typed.stderr);
  t.is(await readFile(path.join(results, 'eval.csv'), 'utf8'), evaluated);

  const other = await runCascade(
    folder,
    'auto',
    'backbone.safetensors',
    '--data',
    'fashion-mnist-sample',
    '--out',
    'backbone.cascade',
  );
  t.is(other.code, 2);
  t.regex(
    other.stderr,
    /^cascade: backbone\.cascade is there already and was made of another data set; [^\n]+\.\n$/,
  );
});

test('auto stops where a step fails, with its sentence', async (t) => {
  const folder = await temporaryFolder(t);
  const { code, stderr } = await runCascade(folder, 'auto', 'nothing.th', '--data', 'fashion-mnist-sample');
  t.is(code, 2);
  t.regex(stderr, /^cascade: nothing\.th [^\n]+\.\n$/);
});
