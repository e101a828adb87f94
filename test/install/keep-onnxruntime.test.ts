import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';

const { ONNXRUNTIME_NODE_INSTALL: _, ...environment } = process.env;

/** A project as npm unpacks it, with an onnxruntime whose install script says that it runs, and fails. */
async function project(t: ExecutionContext, postinstall = 'node ./script/install') {
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-install-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const modules = path.join(folder, 'node_modules');
  const script = path.join(modules, 'onnxruntime-node', 'script');
  await mkdir(script, { recursive: true });
  await writeFile(
    path.join(modules, 'onnxruntime-node', 'package.json'),
    JSON.stringify({ name: 'onnxruntime-node', scripts: { postinstall } }),
  );
  await writeFile(path.join(script, 'install.js'), "console.log('fetching'); process.exit(7);");
  const own = path.join(modules, 'cascade-early-exits', 'install');
  await cp('install', own, { recursive: true });
  const run = (file: string, env: NodeJS.ProcessEnv = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
      env: { ...environment, ...env },
      encoding: 'utf8',
    });
    return { status, stdout: stdout.trim(), stderr: stderr.trim() };
  };
  return {
    script,
    keep: () => run(path.join(own, 'keep-onnxruntime.mjs')),
    install: (env?: NodeJS.ProcessEnv) => run(path.join(script, 'install.js'), env),
  };
}

test('CUDA libraries that cannot be had do not fail the installation of onnxruntime', async (t) => {
  const { keep, install } = await project(t);
  t.is(install().status, 7);
  t.deepEqual(keep(), { status: 0, stdout: '', stderr: '' });
  t.is(install().status, 0);
});

test('CUDA libraries that are asked for by name are fetched, and fail where they cannot be had', async (t) => {
  const { keep, install } = await project(t);
  keep();
  const { status, stdout } = install({ ONNXRUNTIME_NODE_INSTALL: 'cuda12' });
  t.deepEqual({ status, stdout }, { status: 7, stdout: 'fetching' });
  t.is(install({ npm_config_onnxruntime_node_install: 'cuda12' }).status, 7);
});

test('on a machine without a GPU nothing is fetched, on one with a GPU it is tried', async (t) => {
  const { keep, install } = await project(t);
  keep();
  const hasGpu = ['/proc/driver/nvidia/version', '/dev/nvidiactl', '/dev/dxg'].some((file) =>
    existsSync(file),
  );
  const { stdout, stderr } = install();
  t.is(stdout, hasGpu ? 'fetching' : '');
  t.is(stderr.includes('onnxruntime runs on the CPU'), hasGpu);
});

test('installed twice, the original script is kept', async (t) => {
  const { script, keep } = await project(t);
  keep();
  t.is(keep().status, 0);
  t.regex(await readFile(path.join(script, 'install-cuda.js'), 'utf8'), /fetching/);
});

test('an onnxruntime of another form, or none, is left alone', async (t) => {
  const other = await project(t, 'node ./other');
  t.is(other.keep().status, 0);
  t.is(other.install().status, 7);
  await rm(path.dirname(other.script), { recursive: true });
  t.is(other.keep().status, 0);
});
