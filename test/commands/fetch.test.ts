import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import test from 'ava';
import { testWith } from '../support/needs.js';
import { trainedModel } from '../support/real-data.js';
import { runCascade, temporaryFolder } from '../support/run-cascade.js';

test('without a name fetch lists data sets and weights, and where they are', async (t) => {
  const folder = await temporaryFolder(t);
  const { code, stdout } = await runCascade(folder, 'fetch', '--json');
  t.is(code, 0);
  const entries = JSON.parse(stdout) as readonly Readonly<Record<string, unknown>>[];
  const named = (name: string): unknown => entries.find((entry) => entry['name'] === name);
  t.like(named('tiny-imagenet'), { kind: 'data set', size_bytes: 248_100_043, path: null });
  t.like(named('fashion-mnist-sample'), { path: path.resolve('datasets', 'fashion-mnist-sample') });
  t.like(named('resnet56-cifar10'), { kind: 'weights', license: 'BSD-2-Clause', path: null });
  t.regex((await runCascade(folder, 'fetch')).stdout, /^name +what +size +licence +here\n/);
});

test('what cannot be downloaded and what is unknown say what to do', async (t) => {
  const folder = await temporaryFolder(t);
  const imagenet = await runCascade(folder, 'fetch', 'imagenet');
  t.is(imagenet.code, 2);
  t.regex(imagenet.stderr, /^cascade: ImageNet has no address to download from; .*image-net\.org/);
  const unknown = await runCascade(folder, 'fetch', 'resnet56-cifr10');
  t.is(
    unknown.stderr,
    'cascade: resnet56-cifr10 is not in the catalogue that `cascade fetch` prints; did you mean resnet56-cifar10?\n',
  );
});

const MODEL = trainedModel('resnet20-12fca82f.th');

testWith(MODEL, 'known weights come from a mirror, are checked, and are not fetched again', async (t) => {
  const asked: (string | undefined)[] = [];
  const mirror = createServer((request, response) => {
    asked.push(request.url);
    createReadStream(MODEL.path).pipe(response);
  });
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    mirror.close();
    delete process.env['CASCADE_MIRROR'];
  });
  process.env['CASCADE_MIRROR'] = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/files`;
  const folder = await temporaryFolder(t);
  for (let visit = 0; visit < 2; visit++) {
    const { code, stdout, stderr } = await runCascade(folder, 'fetch', 'resnet20-cifar10');
    t.is(code, 0, stderr);
    t.is(stdout.trim(), path.join(folder, 'data', 'weights', 'resnet20-12fca82f.th'));
  }
  t.deepEqual(asked, ['/files/resnet20-12fca82f.th']);
});
