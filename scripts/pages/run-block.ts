import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CommandBlock } from './blocks.js';

/** What commands on pages take from the repository. */
const OF_THE_REPOSITORY = ['datasets', 'examples'];

/** Makes a folder look as a clone does to somebody who types what pages show: `npx cascade` is the program compiled here. */
export function furnish(folder: string): void {
  for (const name of OF_THE_REPOSITORY) symlinkSync(path.resolve(name), path.join(folder, name));
  const programs = path.join(folder, '.programs');
  mkdirSync(programs);
  const program = path.resolve('dist', 'bin', 'cascade.js');
  // npx itself would look for the program in half a second.
  const npx = `#!/usr/bin/env bash\n[ "$1" = cascade ] && shift && exec "${process.execPath}" "${program}" "$@"\nexit 127\n`;
  writeFileSync(path.join(programs, 'npx'), npx, { mode: 0o755 });
}

/** Runs a block in a furnished folder up to its first command that fails. @throws Error with what that said. */
export function runBlock({ page, line, script }: CommandBlock, folder: string): void {
  const PATH = [path.join(folder, '.programs'), path.dirname(process.execPath), process.env['PATH']].join(
    path.delimiter,
  );
  const { status, stdout, stderr, error } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { ...process.env, PATH },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${page}:${line} ends with ${status}:\n${script}\n${stdout}${stderr}`);
}
