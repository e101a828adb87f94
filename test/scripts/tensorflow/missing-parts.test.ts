import { spawnSync } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { neededSystem, testWith } from '../../support/needs.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const SCRIPT = path.resolve('scripts', 'tensorflow.mjs');

interface ScriptRun {
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs the script with these words; `PATH` and the variables that it reads are the caller's. */
function runScript(words: readonly string[], environment: NodeJS.ProcessEnv): ScriptRun {
  return spawnSync(process.execPath, [SCRIPT, ...words], { env: environment, encoding: 'utf8' });
}

/** A folder that holds the named programs, each of which succeeds at once, and npm's and Node's parts of a build. */
async function machineWith(folder: string, programs: readonly string[]): Promise<NodeJS.ProcessEnv> {
  const bin = path.join(folder, 'bin');
  const nodeGyp = path.join(folder, 'npm', 'node_modules', 'node-gyp', 'bin');
  const headers = path.join(folder, 'node', 'include', 'node');
  for (const made of [bin, nodeGyp, headers]) await mkdir(made, { recursive: true });
  for (const program of programs) await symlink('/bin/true', path.join(bin, program));
  await writeFile(path.join(nodeGyp, 'node-gyp.js'), '');
  await writeFile(path.join(headers, 'node_api.h'), '');
  return {
    PATH: bin,
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    npm_execpath: path.join(folder, 'npm', 'bin', 'npm-cli.js'),
    npm_config_nodedir: path.join(folder, 'node'),
  };
}

const TOOLS = ['g++', 'make', 'python3'];

/** The build is for Linux; elsewhere the script says so before it looks for anything. */
const LINUX = neededSystem('linux');

for (const tool of TOOLS) {
  testWith(LINUX, `a machine without ${tool} is told its name and package, with exit code 3`, async (t) => {
    const environment = await machineWith(
      await temporaryFolder(t),
      TOOLS.filter((other) => other !== tool),
    );
    const { status, stderr } = runScript([], environment);
    t.is(stderr, `tensorflow: ${tool} is missing; install it (Debian, Ubuntu: apt install ${tool}).\n`);
    t.is(status, 3);
  });
}

testWith(LINUX, "a machine without Node's headers is told where they are looked for", async (t) => {
  const folder = await temporaryFolder(t);
  const environment = { ...(await machineWith(folder, TOOLS)), npm_config_nodedir: folder };
  const { status, stderr } = runScript([], environment);
  t.true(stderr.startsWith(`tensorflow: Node's headers are missing in ${folder}/include/node; install them`));
  t.is(status, 3);
});

testWith(LINUX, 'a folder with headers and no library is told which files are wanted', async (t) => {
  const folder = await temporaryFolder(t);
  const environment = await machineWith(folder, TOOLS);
  const headers = path.join(folder, 'include', 'tensorflow', 'c');
  await mkdir(headers, { recursive: true });
  await writeFile(path.join(headers, 'c_api.h'), '');
  const { status, stderr } = runScript(['--from', folder], environment);
  t.is(
    stderr,
    `tensorflow: ${folder} holds neither lib/libtensorflow.so.2 nor libtensorflow_cc.so.2 with libtensorflow_framework.so.2 beside it; name another folder with --from.\n`,
  );
  t.is(status, 3);
});

testWith(LINUX, 'a folder without headers is told which one is missing', async (t) => {
  const folder = await temporaryFolder(t);
  const { status, stderr } = runScript(['--from', folder], await machineWith(folder, TOOLS));
  t.is(
    stderr,
    `tensorflow: TensorFlow's header ${folder}/include/tensorflow/c/c_api.h is missing; name another folder with --from.\n`,
  );
  t.is(status, 3);
});

testWith(LINUX, 'a failed fetch names the package and leaves nothing in the cache folder', async (t) => {
  const folder = await temporaryFolder(t);
  const environment = await machineWith(folder, ['g++', 'make']);
  // Answers questions after its version and fails to install.
  await writeFile(
    path.join(folder, 'bin', 'python3'),
    '#!/bin/sh\nfor word; do [ "$word" = --version ] && exit 0; done\nexit 1\n',
    { mode: 0o755 },
  );
  const { status, stderr } = runScript([], environment);
  t.regex(stderr, /tensorflow: pip could not fetch tensorflow-cpu==[\d.]+ \(its own message is above\)/);
  t.is(status, 3);
  t.deepEqual(await readdir(path.join(folder, 'cache', 'cascade')), []);
});
