import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { temporaryFolder } from '../support/run-cascade.js';

/** Serves a folder with `model/export.json`, `pictures/a.png`, and beside them what must not be served. @returns the folder and the port. */
async function served(t: ExecutionContext): Promise<{ readonly port: number; readonly folder: string }> {
  const folder = await temporaryFolder(t);
  const [model, pictures] = [path.join(folder, 'model'), path.join(folder, 'pictures')];
  await mkdir(model);
  await mkdir(pictures);
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(path.join(model, 'export.json'), '{}');
  await writeFile(path.join(pictures, 'a.png'), 'a picture');
  await symlink(path.join(folder, 'secret.txt'), path.join(pictures, 'secret.png'));
  await symlink(folder, path.join(pictures, 'out'));
  const words = ['examples/browser/serve.mjs', model, pictures, '0'];
  const server = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => server.kill());
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  return { port: Number(new URL(line.toString().trim()).port), folder };
}

/** Asks with the path as it stands, which `fetch` would tidy up. */
async function ask(port: number, asked: string, method = 'GET'): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: asked, method }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    });
    sent.on('error', reject).end();
  });
}

test('the page, the export and the images are served', async (t) => {
  const { port } = await served(t);
  t.regex((await ask(port, '/')).body, /Early exit in the browser/);
  t.deepEqual(await ask(port, '/model/export.json'), { status: 200, body: '{}' });
  t.deepEqual(await ask(port, '/images/a.png?again'), { status: 200, body: 'a picture' });
  t.deepEqual(await ask(port, '/images/a.png', 'HEAD'), { status: 200, body: '' });
});

test('links that lead out of the folder of images are neither listed nor followed', async (t) => {
  const { port } = await served(t);
  t.deepEqual(await ask(port, '/images'), { status: 200, body: '["a.png"]' });
  t.is((await ask(port, '/images/secret.png')).status, 404);
  t.is((await ask(port, '/images/out/secret.txt')).status, 404);
});

test('whatever is asked and whatever goes away, the server goes on', async (t) => {
  const { port, folder } = await served(t);
  for (const [asked, status] of [
    ['/%zz', 400],
    ['//', 404],
    ['//images', 404],
    ['/constructor/x', 404],
    ['/__proto__/x', 404],
    ['/images/../../secret.txt', 404],
    ['/images/%2e%2e/secret.txt', 404],
    ['/images/..%2fsecret.txt', 404],
    ['/model/%00', 404],
    ['/model', 404],
    ['/images/', 404],
    ['/..', 404],
  ] as const) {
    t.is((await ask(port, asked)).status, status, asked);
  }
  t.is((await ask(port, '/images/a.png', 'POST')).status, 405);
  t.is((await ask(port, '/images/a.png', 'DELETE')).status, 405);
  t.is((await ask(port, '/model/export.json')).status, 200);
  await rm(folder, { recursive: true });
  t.deepEqual(await ask(port, '/images'), { status: 200, body: '[]' });
  t.is((await ask(port, '/model/export.json')).status, 404);
});
