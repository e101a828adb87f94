// Makes a fresh clone runnable: installs the locked dependencies and compiles, each only when it is out of date.
// Plain JavaScript and Node's own modules alone, since nothing else is there yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const lockfile = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
const stamp = path.join(root, 'node_modules', '.cascade-lock');

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
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

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockfile) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lockfile);
}
// A renamed source would leave its old output behind, and the tests would run it.
rmSync(path.join(root, 'dist'), { recursive: true, force: true });
run(process.execPath, [path.join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json']);
