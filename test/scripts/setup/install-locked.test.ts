import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExecutionContext } from 'ava';
import { testWith, UNIX } from '../../support/needs.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const LOCKED = {
  packages: {
    '': {},
    'node_modules/a': {},
    'node_modules/@scope/b': {},
    'node_modules/a/node_modules/@scope/b': {},
  },
};

/** A project with a lockfile, and an npm that is a script of Bash. */
async function installing(t: ExecutionContext, npm: string) {
  const folder = await temporaryFolder(t);
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  await mkdir(path.join(folder, 'node_modules'));
  await writeFile(path.join(folder, 'package-lock.json'), JSON.stringify(LOCKED));
  await writeFile(path.join(bin, 'npm'), `#!/usr/bin/env bash\n${npm}\n`);
  await chmod(path.join(bin, 'npm'), 0o755);
  const module = pathToFileURL(path.resolve('scripts', 'install-locked.mjs')).href;
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { installLocked } = await import('${module}'); await installLocked('${folder}', 20);`,
    ],
    { env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH']}` } },
  );
  let stderr = '';
  let stdout = '';
  child.stderr.on('data', async (part) => {
    stderr += part;
    if (stderr.includes('at work')) await writeFile(path.join(folder, 'told'), '');
  });
  child.stdout.on('data', (part) => {
    stdout += part;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { folder, code, stdout, stderr };
}

testWith(UNIX, 'before npm works in silence, its user is told at what, and that it takes long', async (t) => {
  const { folder, code, stdout, stderr } = await installing(t, 'echo installed');
  t.is(code, 0);
  t.is(stdout, '');
  t.regex(
    stderr,
    /^setup: npm ci installs 2 packages; that takes a minute or some, the first time longest\.\n[\s\S]*installed\n/,
  );
  t.true(existsSync(path.join(folder, 'node_modules', '.cascade-lock')));
});

testWith(UNIX, 'while npm works, a line every few seconds tells how far it is', async (t) => {
  const { code, stderr } = await installing(
    t,
    'mkdir -p node_modules/@scope/b; until [ -e told ]; do sleep 0.05; done',
  );
  t.is(code, 0);
  t.regex(stderr, /\nsetup: npm ci is at work: 1 of 2 packages, \d+ s\n/);
});

testWith(UNIX, 'an npm that fails ends the setup', async (t) => {
  const { code, stderr } = await installing(t, 'echo no network >&2; exit 3');
  t.is(code, 1);
  t.regex(stderr, /no network\n[\s\S]*setup: `npm ci .*` failed; its own message is above\.\n$/);
});
