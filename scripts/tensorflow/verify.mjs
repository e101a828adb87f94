import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Loads a built package in a process of its own, which it may crash, and lets it convolve.
 *
 * @param {string} root
 * @param {string} name of the package, which is also the backend's.
 * @returns {{ version: string }} of libtensorflow.
 * @throws Error if it does not load or computes something else than plain JavaScript.
 */
export function verify(root, name) {
  const program = path.join(path.dirname(fileURLToPath(import.meta.url)), 'try-backend.mjs');
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, name], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.error(stderr);
    throw new Error(
      `@tensorflow/${name} was built but does not work (${signal ?? `exit code ${status}`}; its own message is above), so what was there before is back.`,
    );
  }
  // The library may print lines of its own before.
  return JSON.parse(stdout.trim().split('\n').at(-1));
}
