import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { download } from '../../lib/data/download.js';
import { temporaryFolder } from '../support/run-cascade.js';

const CONTENT = Buffer.from('0123456789'.repeat(1000));
const MD5 = createHash('md5').update(CONTENT).digest('hex');

async function serve(t: ExecutionContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
}

/** Serves the content, from where a Range header says. */
const withRanges: RequestListener = (request, response) => {
  const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const headers =
    start > 0 ? { 'content-range': `bytes ${start}-${CONTENT.length - 1}/${CONTENT.length}` } : {};
  response.writeHead(start > 0 ? 206 : 200, { ...headers, 'content-length': CONTENT.length - start });
  response.end(CONTENT.subarray(start));
};

test('a download has its name only when it is whole', async (t) => {
  const target = path.join(await temporaryFolder(t), 'file');
  await download(await serve(t, withRanges), target, { md5: MD5 });
  t.deepEqual(await readFile(target), CONTENT);
  t.false(existsSync(`${target}.part`));
});

test('a download goes on where an earlier one stopped', async (t) => {
  const target = path.join(await temporaryFolder(t), 'file');
  await writeFile(`${target}.part`, CONTENT.subarray(0, 4321));
  const ranges: (string | undefined)[] = [];
  const url = await serve(t, (request, response) => {
    ranges.push(request.headers.range);
    withRanges(request, response);
  });
  await download(url, target, { md5: MD5 });
  t.deepEqual(ranges, ['bytes=4321-']);
  t.deepEqual(await readFile(target), CONTENT);
});

test('a server without ranges starts over', async (t) => {
  const target = path.join(await temporaryFolder(t), 'file');
  await writeFile(`${target}.part`, 'something else');
  await download(await serve(t, (_request, response) => response.end(CONTENT)), target, { md5: MD5 });
  t.deepEqual(await readFile(target), CONTENT);
});

test('a wrong checksum removes the file and says so', async (t) => {
  const target = path.join(await temporaryFolder(t), 'file');
  const url = await serve(t, (_request, response) => response.end('another content'));
  await t.throwsAsync(download(url, target, { md5: MD5 }), {
    message: new RegExp(`has the MD5 [0-9a-f]{32} instead of ${MD5}; it was removed, try again\\.$`),
  });
  t.false(existsSync(target));
  t.false(existsSync(`${target}.part`));
});

test('a file that the server lacks is one sentence with its address', async (t) => {
  const target = path.join(await temporaryFolder(t), 'file');
  const url = await serve(t, (_request, response) => {
    response.writeHead(404);
    response.end();
  });
  const error = await t.throwsAsync(download(url, target, { md5: MD5 }));
  t.true(error?.message.includes(url));
  t.regex(error!.message, /404/);
});
