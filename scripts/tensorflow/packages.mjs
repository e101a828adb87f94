import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Missing } from './missing.mjs';

/**
 * The installed packages that bind libtensorflow to Node. The optional one is fetched where npm has left it out, as it does when
 * an install script fails.
 *
 * @param {string} root
 * @returns {{ name: string, folder: string }[]}
 */
export function nativePackages(root) {
  const folderOf = (name) => path.join(root, 'node_modules', '@tensorflow', name);
  if (!existsSync(folderOf('tfjs-node-gpu'))) fetchPackage(root, '@tensorflow/tfjs-node-gpu');
  return ['tfjs-node-gpu', 'tfjs-node']
    .map((name) => ({ name, folder: folderOf(name) }))
    .filter(({ folder }) => existsSync(folder));
}

function fetchPackage(root, name) {
  const { optionalDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const wanted = `${name}@${optionalDependencies[name]}`;
  // Without its install script, which fetches an old library.
  const { status } = spawnSync(
    'npm',
    ['install', '--no-save', '--ignore-scripts', '--loglevel=error', wanted],
    {
      cwd: root,
      stdio: ['ignore', process.stderr, process.stderr],
    },
  );
  if (status !== 0)
    throw new Missing(`npm could not fetch ${wanted} (its own message is above); try again with a network.`);
}
