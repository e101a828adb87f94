// Writes the pages of the public API to docs/api. Any warning is a failure: a type that is used but not exported, a link to nowhere, or
// something public without a word about it.
// Usage: npm run docs
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installLocked } from './install-locked.mjs';

// typedoc has a package of its own: it reads TypeScript up to 6.0, cascade is compiled by a later one, and npm keeps no two in one tree.
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'api-pages');
await installLocked(folder);
const typedoc = path.join('node_modules', 'typedoc', 'bin', 'typedoc');
const { status } = spawnSync(process.execPath, [typedoc], { cwd: folder, stdio: 'inherit' });
process.exitCode = status ?? 1;
