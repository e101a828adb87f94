// Makes a fresh clone runnable: installs the locked dependencies and compiles, each only when it is out of date.
// Plain JavaScript and Node's own modules alone, since nothing else is there yet.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installLocked, run } from './install-locked.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
await installLocked(root);
// A renamed source would leave its old output behind, and the tests would run it.
rmSync(path.join(root, 'dist'), { recursive: true, force: true });
console.error('setup: compiling …');
await run(root, process.execPath, [
  path.join('node_modules', 'typescript', 'bin', 'tsc'),
  '-p',
  'tsconfig.json',
]);
