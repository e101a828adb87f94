import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { thisProcessor } from '../../engine/processor.js';
import { PACKAGE_ROOT } from '../../files/package-root.js';
import type { RunRecord } from './run-record.js';

/** Longer than git takes, in milliseconds. */
const PATIENCE = 5000;

/** What a run's figures may depend on besides its data and weights. @param version of cascade. */
export async function environment(
  version: string,
): Promise<Required<Pick<RunRecord, 'versions' | 'machine'>>> {
  return {
    versions: {
      cascade: version,
      commit: await commitOfSources(),
      node: process.versions.node,
      onnxruntime: packageVersion('onnxruntime-node'),
    },
    machine: thisProcessor(),
  };
}

/**
 * The version of an installed package; null where it is not there: npm leaves out an optional one that it cannot install. Read from its
 * description, for the library itself may be heavy.
 */
export function packageVersion(name: string): string | null {
  const require = createRequire(import.meta.url);
  try {
    return (require(`${name}/package.json`) as { readonly version: string }).version;
  } catch {
    return null;
  }
}

async function commitOfSources(): Promise<string | null> {
  if (!existsSync(path.join(PACKAGE_ROOT, '.git'))) return null;
  const words = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
  try {
    const { stdout } = await promisify(execFile)('git', words, { cwd: PACKAGE_ROOT, timeout: PATIENCE });
    return stdout.trim();
  } catch {
    return null;
  }
}
