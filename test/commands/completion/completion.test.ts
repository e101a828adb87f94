import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { SHELLS } from '../../../lib/commands/completion/completion.js';
import { createProgram } from '../../../lib/commands/program.js';
import { type Need, testWith } from '../../support/needs.js';
import { mustRun, runCascade, temporaryFolder } from '../../support/run-cascade.js';

function neededShell(shell: string): Need {
  const isHere = spawnSync(shell, ['-c', 'exit 0']).status === 0;
  return { isHere, reason: `${shell} is not here` };
}

const [BASH, ZSH, FISH] = SHELLS.map(neededShell) as [Need, Need, Need];

/** Runs a script of a shell behind the completion that is made for it. @returns the words that it prints, one a line. */
async function wordsIn(
  t: ExecutionContext,
  shell: string,
  script: (file: string) => string,
): Promise<string[]> {
  const folder = await temporaryFolder(t);
  const { stdout } = await mustRun(folder, 'completion', shell);
  await writeFile(path.join(folder, 'completion'), stdout);
  const quiet = shell === 'zsh' ? ['-f'] : [];
  const run = spawnSync(shell, [...quiet, '-c', script(path.join(folder, 'completion'))], {
    cwd: folder,
    encoding: 'utf8',
  });
  t.is(run.stderr, '');
  return run.stdout.split('\n').filter((word) => word !== '');
}

/** What Bash offers behind words, of which the last is being typed. */
function inBash(t: ExecutionContext, ...words: readonly string[]): Promise<string[]> {
  const typed = words.map((word) => `'${word}'`).join(' ');
  return wordsIn(
    t,
    'bash',
    (file) =>
      `source ${file}; COMP_WORDS=(cascade ${typed}); COMP_CWORD=${words.length}; _cascade; printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
}

testWith(BASH, 'Bash completes commands, options, and values out of a few', async (t) => {
  t.deepEqual(await inBash(t, 'ca'), ['calibrate']);
  t.deepEqual(await inBash(t, '--ver'), ['--version']);
  t.deepEqual(await inBash(t, 'calibrate', 'my.cascade', '--max-'), [
    '--max-drop',
    '--max-macs',
    '--max-time',
  ]);
  t.deepEqual(await inBash(t, 'calibrate', '--promise', 'per-'), ['per-exit', 'per-class']);
  t.deepEqual(await inBash(t, 'calibrate', '--promise', '=', 'm'), ['mean']);
  t.deepEqual(await inBash(t, 'completion', ''), [...SHELLS]);
});

testWith(BASH, 'Bash goes on with values of which there may be several', async (t) => {
  t.deepEqual(await inBash(t, 'compare', 'x', '--methods', 'shared', 'jo'), ['joint']);
});

testWith(BASH, 'Bash offers files where any path may stand, and no words', async (t) => {
  t.deepEqual(await inBash(t, 'calibrate', ''), []);
  t.deepEqual(await inBash(t, 'attach', '--out', ''), []);
});

testWith(FISH, 'fish completes commands, options, and values out of a few', async (t) => {
  const inFish = async (line: string): Promise<string[]> => {
    const words = await wordsIn(t, 'fish', (file) => `source ${file}; complete -C '${line}'`);
    return words.map((word) => word.split('\t')[0]!);
  };
  t.deepEqual(await inFish('cascade cal'), ['calibrate']);
  t.deepEqual(await inFish('cascade calibrate --max-t'), ['--max-time']);
  t.deepEqual(await inFish('cascade calibrate --promise per-'), ['per-class', 'per-exit']);
  t.deepEqual(await inFish('cascade completion '), [...SHELLS].sort());
});

testWith(ZSH, 'zsh takes the script, which names every command and option', async (t) => {
  const functions = await wordsIn(
    t,
    'zsh',
    (file) => `autoload -Uz compinit && compinit -D -u && source ${file} && print -l $_comps[cascade]`,
  );
  t.deepEqual(functions, ['_cascade']);
});

test('every command and every long option of the program is in the script of every shell', async (t) => {
  const folder = await temporaryFolder(t);
  const { commands } = createProgram({ version: '0.0.0', signal: new AbortController().signal });
  for (const shell of SHELLS) {
    const { stdout } = await mustRun(folder, 'completion', shell);
    for (const command of commands) {
      t.true(stdout.includes(command.name()), `${shell}: ${command.name()}`);
      for (const { long } of command.options)
        t.true(stdout.includes(shell === 'fish' ? `-l ${long!.slice(2)} ` : long!), `${shell}: ${long}`);
    }
  }
});

test('another shell is refused with those that there are', async (t) => {
  const { code, stderr } = await runCascade(await temporaryFolder(t), 'completion', 'tcsh');
  t.is(code, 2);
  t.regex(stderr, /'tcsh' is invalid for argument 'shell'\. Allowed choices are bash, zsh, fish; see/);
});
