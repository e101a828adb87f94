import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Installs a folder's locked dependencies where they are out of date. Ends the process where that fails. */
export function installLocked(folder) {
  const lockfile = readFileSync(path.join(folder, 'package-lock.json'), 'utf8');
  const stamp = path.join(folder, 'node_modules', '.cascade-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return;
  run(folder, 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lockfile);
}

/** Runs a program of the setup in a folder. Ends the process where it fails. */
export function run(folder, command, args) {
  const { status } = spawnSync(command, args, {
    cwd: folder,
    // stdout belongs to the command that follows: `npm run demo > result.txt` must hold the result alone.
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
    // The CPU library ships inside the package; its install script only fetches CUDA extras.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  if (status !== 0) {
    console.error(`setup: \`${command} ${args.join(' ')}\` failed; its own message is above.`);
    process.exit(1);
  }
}
