import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { download, isDownloaded } from '../../../lib/data/download/download.js';
import { addressesOf, downloadFromAny } from '../../../lib/data/download/mirrors.js';
import { proxyFor, proxyOptions } from '../../../lib/data/download/proxy.js';
import { temporaryFolder } from '../../support/run-cascade.js';

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

test('a server that sends nothing any more is a timeout, and what came is kept', async (t) => {
  const target = path.join(await temporaryFolder(t), 'file');
  const url = await serve(t, (request, response) => {
    // At first a part of it, then nothing at all.
    const isFirst = request.headers.range === undefined;
    response.writeHead(isFirst ? 200 : 206, { 'content-length': CONTENT.length });
    if (isFirst) response.write(CONTENT.subarray(0, 1000));
    else response.flushHeaders();
  });
  await t.throwsAsync(download(url, target, { md5: MD5, stallSeconds: 0.2 }), {
    message: `${url} cannot be downloaded: it timed out, for nothing came from the server for 0.2 seconds; try again later, or put the file into ${path.dirname(target)} yourself.`,
  });
  t.deepEqual(await readFile(`${target}.part`), CONTENT.subarray(0, 1000));
});

test('a server that is slow but goes on is waited for', async (t) => {
  const target = path.join(await temporaryFolder(t), 'file');
  const url = await serve(t, (_request, response) => {
    response.writeHead(200, { 'content-length': CONTENT.length });
    const half = CONTENT.length / 2;
    response.write(CONTENT.subarray(0, half));
    setTimeout(() => response.end(CONTENT.subarray(half)), 50);
  });
  await download(url, target, { md5: MD5, stallSeconds: 30 });
  t.deepEqual(await readFile(target), CONTENT);
});

test('where the file cannot be written no other address is tried', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, 'in-the-way'), '');
  const target = path.join(folder, 'in-the-way', 'file');
  const addresses = ['http://127.0.0.1:9/file', 'http://127.0.0.1:9/file'];
  const failures: unknown[] = [];
  await t.throwsAsync(
    downloadFromAny(addresses, target, { md5: MD5 }, (error) => failures.push(error)),
    { message: /^.*file cannot be written: .*in-the-way is no folder; name another place\.$/ },
  );
  t.deepEqual(failures, []);
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

const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

test('a SHA-256, or the first digits of it, is checked before an MD5', async (t) => {
  const target = path.join(await temporaryFolder(t), 'file');
  const url = await serve(t, withRanges);
  await download(url, target, { sha256_prefix: SHA256.slice(0, 8), md5: '0'.repeat(32) });
  t.deepEqual(await readFile(target), CONTENT);
  t.true(await isDownloaded(target, { sha256: SHA256 }));
  t.false(await isDownloaded(target, { md5: '0'.repeat(32) }));
  await t.throwsAsync(download(url, target, { sha256_prefix: '00000000' }), {
    message: `${url} has the SHA-256 ${SHA256} instead of 00000000; it was removed, try again.`,
  });
});

test('mirrors come first, in their order, and the next address serves where one fails', async (t) => {
  const own = await serve(t, withRanges);
  const refusing = await serve(t, (_request, response) => response.writeHead(404).end());
  const mirrors = ['http://one.example/data/', refusing.replace('/file', '')];
  const addresses = addressesOf(own, { CASCADE_MIRROR: mirrors.join(' ') });
  t.deepEqual(addresses, ['http://one.example/data/file', refusing, own]);
  t.deepEqual(addressesOf(own, {}), [own]);
  const target = path.join(await temporaryFolder(t), 'file');
  const failures: string[] = [];
  await downloadFromAny(addresses.slice(1), target, { md5: MD5 }, (error) => failures.push(error.message));
  t.is(failures.length, 1);
  t.true(failures[0]!.includes(refusing));
  t.deepEqual(await readFile(target), CONTENT);
});

test('the proxy for an address is the one of its protocol, unless its host is excepted', (t) => {
  const environment = {
    HTTP_PROXY: 'http://plain:1',
    https_proxy: 'http://small:2',
    HTTPS_PROXY: 'http://capital:3',
    NO_PROXY: 'inner.example, .other.example:8080',
  };
  t.is(proxyFor('http://data.example/a', environment), 'http://plain:1');
  t.is(proxyFor('https://data.example/a', environment), 'http://small:2');
  t.is(proxyFor('https://inner.example/a', environment), undefined);
  t.is(proxyFor('https://deep.inner.example/a', environment), undefined);
  t.is(proxyFor('http://other.example:8080/a', environment), undefined);
  t.is(proxyFor('http://other.example/a', environment), 'http://plain:1');
  t.is(proxyFor('http://data.example/a', { http_proxy: 'http://x:1', no_proxy: '*' }), undefined);
  t.is(proxyFor('http://data.example/a', {}), undefined);
});

test('a download goes through the proxy', async (t) => {
  const asked: (string | undefined)[] = [];
  const target = new URL(await serve(t, withRanges));
  const proxy = createServer();
  proxy.on('connect', (request, client) => {
    asked.push(request.url);
    const server = connect(Number(target.port), target.hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    for (const socket of [client, server]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  t.teardown(() => proxy.close());
  const environment = { http_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  const address = 'http://data.example/file';
  const answer = await fetch(address, await proxyOptions(address, environment));
  t.deepEqual(Buffer.from(await answer.arrayBuffer()), CONTENT);
  t.deepEqual(asked, ['data.example:80']);
});
