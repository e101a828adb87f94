import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PROGRAM = path.resolve('dist', 'bin', 'cascade.js');

export interface CascadeRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line in a folder, as a process of its own; with neither a terminal nor data sets of the user's. */
export function startCascade(folder: string, ...words: readonly string[]): ChildProcessWithoutNullStreams {
  return start(folder, process.execPath, PROGRAM, ...words);
}

/** The same to its end, with nothing on standard input. */
export function runCascade(folder: string, ...words: readonly string[]): Promise<CascadeRun> {
  return ended(startCascade(folder, ...words));
}

/** Runs a script of Bash in a folder, in which `cascade` is the command line. */
export function runCascadeInShell(folder: string, script: string): Promise<CascadeRun> {
  const command = `cascade() { "${process.execPath}" "${PROGRAM}" "$@"; }\n${script}`;
  return ended(start(folder, 'bash', '-c', command));
}

function start(folder: string, ...words: readonly [string, ...string[]]): ChildProcessWithoutNullStreams {
  const [program, ...others] = words;
  return spawn(program, others, {
    cwd: folder,
    env: { ...process.env, CASCADE_DATA: path.join(folder, 'data') },
  });
}

function ended(child: ChildProcessWithoutNullStreams): Promise<CascadeRun> {
  child.stdin.end();
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => {
    stdout += part;
  });
  child.stderr.on('data', (part: Buffer) => {
    stderr += part;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The same, which must succeed. @throws Error with what it said. */
export async function mustRun(folder: string, ...words: readonly string[]): Promise<CascadeRun> {
  const run = await runCascade(folder, ...words);
  if (run.code !== 0) throw new Error(`cascade ${words.join(' ')}: ${run.stderr}`);
  return run;
}

/** What ends with a test, or later: a test itself, as far as that goes. */
export interface Lifetime {
  teardown(end: () => unknown): void;
}

/** An empty folder that is removed at the end. */
export async function temporaryFolder(t: Lifetime): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-test-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
