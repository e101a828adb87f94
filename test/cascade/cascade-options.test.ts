import path from 'node:path';
import test from 'ava';
import { Cascade, type CascadeOptions } from '../../lib/cascade/cascade.js';
import { CascadeError, EXIT_CODE } from '../../lib/errors.js';
import { smallCascade } from '../support/small-cascade.js';

const WRONG: readonly unknown[] = [
  { batchSize: 0 },
  { batchSize: -1 },
  { batchSize: 1.5 },
  { batchSize: Number.NaN },
  { batchSize: 2 ** 40 },
  { batchSize: '8' },
  { maxDrop: 1.5 },
  { maxDrop: Number.NaN },
  { maxDrop: '1%' },
  { engine: 'constructor' },
  { backend: 'wasm' },
  { engine: 'tensorflow', backend: 'gpu' },
  { engine: 'tensorflow', device: 'cpu' },
  { device: 'tpu' },
  { monitor: {} },
  { batchsize: 8 },
  null,
  'fast',
];

for (const options of WRONG) {
  test(`the options ${JSON.stringify(options)} are refused in one sentence`, async (t) => {
    const error = await t.throwsAsync<CascadeError>(Cascade.load('any.cascade', options as CascadeOptions), {
      instanceOf: CascadeError,
      message: /^The options of Cascade\.load do not fit, [^\n]+\.$/,
    });
    t.is(error.exitCode, EXIT_CODE.wrongUsage);
  });
}

test('a folder, pixels and files of another kind are refused, and so is a cascade that was disposed of', async (t) => {
  await t.throwsAsync(Cascade.load(7 as unknown as string), { instanceOf: CascadeError });
  const { folder } = await smallCascade(t);
  const cascade = await Cascade.load(folder, { batchSize: 1 });
  for (const pixels of [undefined, 'x', [1, 2], new Float32Array(64)])
    await t.throwsAsync(cascade.classify(pixels as unknown as Uint8Array), { instanceOf: CascadeError });
  for (const files of [undefined, 'a.png', [7], ['']])
    await t.throwsAsync(cascade.classifyFiles(files as unknown as string[]), { instanceOf: CascadeError });
  t.is((await cascade.classify(new Uint8Array(64))).length, 1);
  await cascade.dispose();
  await cascade.dispose();
  await t.throwsAsync(cascade.classify(new Uint8Array(64)), { message: /was disposed of; load it again\.$/ });
  await t.throwsAsync(Cascade.load(path.join(folder, 'nowhere')), { message: /is not there/ });
});
