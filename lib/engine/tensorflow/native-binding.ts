import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import util from 'node:util';
import { requireFullPrecision } from '../full-precision.js';

/** Packages that bind libtensorflow to Node, fastest first. */
export type NativePackage = 'tfjs-node-gpu' | 'tfjs-node';

const require = createRequire(import.meta.url);

/** The folder of an installed package, or undefined. */
function packageFolder(name: NativePackage): string | undefined {
  try {
    return path.dirname(require.resolve(`@tensorflow/${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** Where the package looks for its compiled part: that of Node-API 8, which every Node that cascade runs on has. */
function bindingFile(folder: string): string {
  return path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
}

/**
 * Loads a package, which registers the backend `tensorflow`.
 *
 * @throws Error whose first line says why it cannot be used, and what to do.
 */
export function loadNativePackage(name: NativePackage): void {
  const folder = packageFolder(name);
  if (folder === undefined) throw new Error(`not installed (\`npm install @tensorflow/${name}\`)`);
  const binding = bindingFile(folder);
  if (!existsSync(binding)) throw new Error(`its binding is not built (\`npm run tensorflow\` builds it)`);
  prepareProcess();
  try {
    // By itself first: a package whose binding fails has by then registered its kernels, which the next one would do again.
    require(binding);
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new Error(`its binding does not load: ${reason} (\`npm run tensorflow\` builds it anew)`);
  }
  require(`@tensorflow/${name}`);
}

/** The version of the libtensorflow behind a package that has been loaded. */
export function libraryVersion(name: NativePackage): string {
  return (require(bindingFile(packageFolder(name)!)) as { readonly TF_Version: string }).TF_Version;
}

/** What the library reads while it is loaded; what the user has set stays. */
function prepareProcess(): void {
  // Warnings and errors only.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  // The whole memory of a GPU is taken otherwise, by the first process or thread.
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
  requireFullPrecision();
  // tfjs-node calls it; Node has dropped it in version 23.
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
