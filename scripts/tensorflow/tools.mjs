import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Missing } from './missing.mjs';

/** What node-gyp compiles with; Debian's names of their packages. */
const PROGRAMS = { 'g++': 'g++', make: 'make', python3: 'python3' };

/**
 * The tools of a build.
 *
 * @returns {{ nodeGyp: string, nodePrefix: string }} node-gyp's program and the folder that holds include/node.
 * @throws Missing naming the first that is not there.
 */
export function requireTools() {
  if (process.platform !== 'linux')
    throw new Missing(
      `the binding is built on Linux only, and this is ${process.platform}; take the backend wasm.`,
    );
  for (const [program, debianPackage] of Object.entries(PROGRAMS)) {
    if (spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0)
      throw new Missing(`${program} is missing; install it (Debian, Ubuntu: apt install ${debianPackage}).`);
  }
  return { nodeGyp: findNodeGyp(), nodePrefix: findNodePrefix() };
}

/** npm brings node-gyp along. */
function findNodeGyp() {
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Missing('npm is missing; run the script as `npm run tensorflow`.');
  const file = path.join(path.dirname(npm), '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  if (!existsSync(file))
    throw new Missing(`npm has no node-gyp at ${file}; install npm anew (\`npm install -g npm\`).`);
  return file;
}

/** Headers come with Node, except with some distributions' packages; npm's own setting `nodedir` names others. */
function findNodePrefix() {
  const prefix = process.env.npm_config_nodedir ?? path.join(path.dirname(process.execPath), '..');
  if (!existsSync(path.join(prefix, 'include', 'node', 'node_api.h'))) {
    throw new Missing(
      `Node's headers are missing in ${path.join(prefix, 'include', 'node')}; install them (Debian: apt install libnode-dev) or name a folder with include/node in npm_config_nodedir.`,
    );
  }
  return prefix;
}
