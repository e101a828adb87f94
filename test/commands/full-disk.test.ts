import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { runCascade } from '../support/run-cascade.js';
import { smallCascade } from '../support/small-cascade.js';

const PROGRAM = path.resolve('dist', 'bin', 'cascade.js');

test('output that cannot be written is one sentence and a failure', async (t) => {
  if (!existsSync('/dev/full')) {
    t.log('skipped: /dev/full is not here');
    t.pass();
    return;
  }
  const { folder } = await smallCascade(t);
  for (const words of ['eval small.cascade --quiet', 'eval small.cascade --json --quiet', '--help']) {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${PROGRAM}" ${words} > /dev/full`],
      {
        cwd: path.dirname(folder),
        encoding: 'utf8',
      },
    );
    t.is(status, 1, words);
    t.is(stderr, 'cascade: The output cannot be written: no space left on device.\n', words);
  }
});

test('a reader that closes early is no failure', async (t) => {
  const { folder } = await smallCascade(t);
  const script = `"${process.execPath}" "${PROGRAM}" eval small.cascade --json --quiet 2>&1 | head -c 1 >/dev/null; exit \${PIPESTATUS[0]}`;
  const { status, stderr } = spawnSync('bash', ['-c', script], {
    cwd: path.dirname(folder),
    encoding: 'utf8',
  });
  t.is(status, 0);
  t.is(stderr, '');
});

test('results that cannot be written name the file', async (t) => {
  const { folder } = await smallCascade(t);
  const work = path.dirname(folder);
  await mkdir(path.join(work, 'results', 'small', 'eval.csv'), { recursive: true });
  const { code, stderr } = await runCascade(work, 'eval', 'small.cascade', '--quiet');
  t.is(code, 1);
  t.regex(stderr, /^cascade: results\/small\/eval\.csv cannot be written: [^\n]+\.\n$/);
});
