import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ExecutionContext } from 'ava';

const SHARED = path.join('..', 'shared', 'data');

/** The path of a trained network (or of its reference logits), or undefined, said in the log, where it is not to be had. */
export function trainedModel(t: ExecutionContext, name: string): string | undefined {
  const file = path.join(SHARED, 'models', name);
  return existsSync(file) ? file : skipped(t, name);
}

/** The path of an input that once failed, or undefined, said in the log, where it is not to be had. */
export function caseFile(t: ExecutionContext, ...name: readonly string[]): string | undefined {
  const file = path.join('..', 'shared', 'cases', ...name);
  return existsSync(file) ? file : skipped(t, name.join('/'));
}

/** A folder of photographs in folders by their class, or undefined, said in the log, where it is not to be had. */
export function photographs(t: ExecutionContext): string | undefined {
  const folder = path.join(SHARED, 'imagenet-sample', 'val');
  return existsSync(folder) ? folder : skipped(t, 'a sample of photographs');
}

/**
 * The folder with CIFAR-10 and CIFAR-100 in their official layout, as `--data-dir` takes it, or undefined, said in the log, where
 * they are not to be had. Unpacked once for all tests: into CASCADE_DATA, or else beside the system's temporary files.
 */
export async function cifarFolder(t: ExecutionContext): Promise<string | undefined> {
  const folder = process.env['CASCADE_DATA'] ?? path.join(tmpdir(), 'cascade-data');
  if (existsSync(path.join(folder, 'cifar-10-batches-bin'))) return folder;
  const program = path.join(SHARED, 'unpack.mjs');
  if (!existsSync(program)) return skipped(t, 'CIFAR-10');
  // Unpacked aside and renamed at the end, so that a test beside this one never sees half of it; the first one wins.
  const aside = await mkdtemp(`${folder}-`);
  await promisify(execFile)(process.execPath, [program, aside]);
  await rename(aside, folder).catch(() => rm(aside, { recursive: true }));
  return folder;
}

/** An input that a public report or an attack is made of, or undefined, said in the log, where it is not to be had. */
export function sharedCase(t: ExecutionContext, name: string): string | undefined {
  const file = path.join('..', 'shared', 'cases', name);
  return existsSync(file) ? file : skipped(t, name);
}

function skipped(t: ExecutionContext, what: string): undefined {
  t.log(`skipped: ${what} is not here`);
  t.pass();
}
