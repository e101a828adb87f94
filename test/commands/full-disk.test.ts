import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { neededPath, testWith } from '../support/needs.js';
import { runCascade, runCascadeInShell } from '../support/run-cascade.js';
import { smallCascade } from '../support/small-cascade.js';

testWith(
  neededPath('/dev/full'),
  'output that cannot be written is one sentence and a failure',
  async (t) => {
    const { folder } = await smallCascade(t);
    const message = 'The output cannot be written: no space left on device.';
    for (const words of ['eval small.cascade --quiet', 'eval small.cascade --json --quiet', '--help']) {
      const { code, stderr } = await runCascadeInShell(path.dirname(folder), `cascade ${words} > /dev/full`);
      t.is(code, 1, words);
      const error = { message, code: 'CASCADE_FAILED', exit_code: 1 };
      const said = words.includes('--json') ? JSON.stringify({ error }) : `cascade: ${message}`;
      t.is(stderr, `${said}\n`, words);
    }
  },
);

test('a reader that closes early is no failure', async (t) => {
  const { folder } = await smallCascade(t);
  const script = `cascade eval small.cascade --json --quiet | head -c 1 >/dev/null; exit "\${PIPESTATUS[0]}"`;
  const { code, stderr } = await runCascadeInShell(path.dirname(folder), script);
  t.is(code, 0);
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
