import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Need } from './needs.js';
import { UNIX } from './needs.js';

/** Who owns nothing, on the systems that have such a user. */
const NOBODY = 65534;

const PROGRAM = path.resolve('dist', 'bin', 'cascade.js');

/** Root may write everywhere, and so is somebody else for the time of a command. */
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** Runs the command line in a folder as somebody whose rights are those that files give. */
export function runUnprivileged(folder: string, ...words: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [PROGRAM, ...words], {
    ...identity,
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, HOME: folder, CASCADE_DATA: path.join(folder, 'data') },
  });
}

/** Somebody like that, who may read the program. */
export const UNPRIVILEGED: Need = {
  isHere: UNIX.isHere && runUnprivileged('/', '--version').status === 0,
  reason: 'nobody else may read the program here',
};
