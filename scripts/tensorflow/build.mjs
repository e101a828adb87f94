import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Lines of the compiler's that are shown when it fails. */
const SHOWN_LINES = 30;

/**
 * Compiles a package's binding in a copy of the package.
 *
 * @param {string} folder of the package, which is not touched.
 * @param {ReturnType<import('./library.mjs').libraryIn>} library
 * @param {ReturnType<import('./tools.mjs').requireTools>} tools
 * @param {string} file where the binding goes.
 */
export function buildBinding(folder, library, { nodeGyp, nodePrefix }, file) {
  const copy = mkdtempSync(path.join(tmpdir(), 'cascade-tensorflow-'));
  try {
    for (const part of ['binding', 'binding.gyp', 'package.json'])
      cpSync(path.join(folder, part), path.join(copy, part), { recursive: true });
    const links = path.join(copy, 'deps', 'lib');
    mkdirSync(links, { recursive: true });
    symlinkSync(library.include, path.join(copy, 'deps', 'include'));
    symlinkSync(library.main, path.join(links, 'libtensorflow.so'));
    symlinkSync(library.framework, path.join(links, 'libtensorflow_framework.so'));
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        nodeGyp,
        'rebuild',
        `--nodedir=${nodePrefix}`,
        '--module_name=tfjs_binding',
        '--module_path=lib/napi-v8',
        '--napi_build_version=8',
      ],
      {
        cwd: copy,
        encoding: 'utf8',
        // The binding finds the library where it lies.
        env: { ...process.env, LDFLAGS: `-Wl,-rpath,${library.libraries}` },
      },
    );
    if (status !== 0) {
      console.error(stderr.split('\n').slice(-SHOWN_LINES).join('\n'));
      throw new Error('node-gyp could not build the binding; its own last lines are above.');
    }
    copyFileSync(path.join(copy, 'build', 'Release', 'tfjs_binding.node'), file);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
