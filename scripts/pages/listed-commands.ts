import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SEPARATOR = '\u001e';

/** Bash in which every program is only written down; what it would have printed is one word. */
const LISTING = `
PATH=/nowhere
command_not_found_handle() { printf '%s\\0' "$@" '${SEPARATOR}' >&3; echo word; }
`;

/**
 * The commands of a script of Bash as lists of words, in the order in which they would begin, those inside `$(…)` too. Bash itself reads
 * the script; no program is run.
 *
 * @throws Error if Bash cannot read it.
 */
export function listedCommands(script: string): readonly (readonly string[])[] {
  const cwd = mkdtempSync(path.join(tmpdir(), 'cascade-pages-'));
  try {
    // Which is read to its end before any of it runs: a redirection into a folder that is not there is no mistake.
    const { status, stderr } = bash(['-n', '-c', script], cwd);
    if (status !== 0) throw new Error(`bash: ${stderr}`);
    const { output } = bash(['-c', LISTING + script], cwd);
    return output[3]!
      .split(`${SEPARATOR}\0`)
      .slice(0, -1)
      .map((words) => words.split('\0').slice(0, -1));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function bash(words: readonly string[], cwd: string): SpawnSyncReturns<string> {
  const result = spawnSync('bash', ['--norc', ...words], {
    ...{ cwd, encoding: 'utf8' },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  if (result.error !== undefined) throw result.error;
  return result;
}
