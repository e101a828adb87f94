import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Missing } from './missing.mjs';

/** The version that the binding has been tried with. */
const VERSION = '2.21.0';

/** Where the two libraries lie: in an archive of libtensorflow, and in the Python package. */
const LAYOUTS = [
  { inside: 'lib', main: 'libtensorflow.so.2' },
  { inside: '.', main: 'libtensorflow_cc.so.2' },
];

const FRAMEWORK = 'libtensorflow_framework.so.2';

/**
 * A libtensorflow that the user has.
 *
 * @param {string} folder
 * @returns {{ folder: string, include: string, libraries: string, main: string, framework: string }} `libraries` is the folder of the other two.
 * @throws Missing if a part is not there.
 */
export function libraryIn(folder) {
  // The linker's options are split at spaces.
  if (/\s/.test(folder))
    throw new Missing(`${folder} has a space in its name; move the library to a path without.`);
  const include = path.join(folder, 'include');
  const header = path.join(include, 'tensorflow', 'c', 'c_api.h');
  if (!existsSync(header))
    throw new Missing(`TensorFlow's header ${header} is missing; name another folder with --from.`);
  for (const { inside, main } of LAYOUTS) {
    const libraries = path.join(folder, inside);
    const [mainFile, framework] = [path.join(libraries, main), path.join(libraries, FRAMEWORK)];
    if (existsSync(mainFile) && existsSync(framework))
      return { folder, include, libraries, main: mainFile, framework };
  }
  throw new Missing(
    `${folder} holds neither lib/libtensorflow.so.2 nor libtensorflow_cc.so.2 with ${FRAMEWORK} beside it; name another folder with --from.`,
  );
}

/**
 * The library inside TensorFlow's Python package, fetched by pip unless the cache folder has it.
 *
 * @param {boolean} gpu the package that computes with CUDA.
 */
export function fetchLibrary(gpu) {
  const name = gpu ? 'tensorflow' : 'tensorflow-cpu';
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'cascade');
  const target = path.join(cache, `${name}-${VERSION}`);
  if (!existsSync(target)) fetchPackage(`${name}==${VERSION}`, cache, target);
  return libraryIn(path.join(target, 'tensorflow'));
}

function fetchPackage(requirement, cache, target) {
  if (spawnSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore' }).status !== 0)
    throw new Missing(
      'pip is missing; install it (Debian, Ubuntu: apt install python3-pip) or name a library with --from.',
    );
  console.error(`tensorflow: fetching ${requirement} into ${target} …`);
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(`${target}.partial-`);
  try {
    // For one named Python, since the library is the same in all of them: the installed one may be too new or too old.
    const { status } = spawnSync(
      'python3',
      [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--no-deps',
        '--only-binary=:all:',
        '--python-version',
        '3.12',
        '--target',
        partial,
        requirement,
      ],
      { stdio: ['ignore', process.stderr, process.stderr] },
    );
    if (status !== 0)
      throw new Missing(
        `pip could not fetch ${requirement} (its own message is above); name a library with --from.`,
      );
    renameSync(partial, target);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
