import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Milliseconds between two signs that npm is at work; it says nothing itself until it is done. */
const SIGN_EVERY = 5000;

/** Installs a folder's locked dependencies where they are out of date. Ends the process where that fails. */
export async function installLocked(folder, signEvery = SIGN_EVERY) {
  const lockfile = readFileSync(path.join(folder, 'package-lock.json'), 'utf8');
  const modules = path.join(folder, 'node_modules');
  const stamp = path.join(modules, '.cascade-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return;
  // Packages of the top folder and of scopes; where versions differ, further ones lie deeper.
  const names = Object.keys(JSON.parse(lockfile).packages).filter((name) =>
    /^node_modules\/(@[^/]+\/)?[^/]+$/.test(name),
  );
  console.error(
    `setup: npm ci installs ${names.length} packages; that takes a minute or some, the first time longest.`,
  );
  const started = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    console.error(`setup: npm ci is at work: ${unpacked(modules)} of ${names.length} packages, ${seconds} s`);
  }, signEvery);
  try {
    await run(folder, 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  } finally {
    clearInterval(timer);
  }
  writeFileSync(stamp, lockfile);
}

/** How many packages have a folder. */
function unpacked(modules) {
  if (!existsSync(modules)) return 0;
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(path.join(modules, name)) : [name])).length;
}

/** Runs a program of the setup in a folder. Ends the process where it fails. */
export async function run(folder, command, args) {
  const child = spawn(command, args, {
    cwd: folder,
    // stdout belongs to the command that follows: `npm run demo > result.txt` must hold the result alone.
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
    // The CPU library ships inside the package; its install script only fetches CUDA extras.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  const [status] = await once(child, 'close').catch(() => [1]);
  if (status !== 0) {
    console.error(`setup: \`${command} ${args.join(' ')}\` failed; its own message is above.`);
    process.exit(1);
  }
}
