import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Runs a compiled program of this project and ends with it where it fails. @param program its path in `dist`. */
export function run(program: string, words: readonly string[]): void {
  console.error(`\n$ ${[path.basename(program, '.js'), ...words].join(' ')}`);
  const { status } = spawnSync(process.execPath, [path.join('dist', program), ...words], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
