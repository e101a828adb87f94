import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import test from 'ava';
import { CascadeError } from '../../../lib/errors.js';
import { readTensors } from '../../../lib/weights/read-tensors.js';
import { storedZip } from '../../support/zip-files.js';
import { fixture, refusalOf, tensorsIn } from '../weight-files.js';

async function refusal(name: string): Promise<string> {
  try {
    await tensorsIn(fixture(name));
  } catch (error) {
    if (error instanceof CascadeError) return error.message.replace(fixture(name), 'FILE');
    throw error;
  }
  return 'read';
}

test('a file of pickle protocol 5 is read', async (t) => {
  t.is((await readTensors(fixture('protocol-5.pt'))).format, 'pytorch');
  t.deepEqual(
    [...(await tensorsIn(fixture('protocol-5.pt')))],
    [['weight', { shape: [2], data: Float32Array.of(1, 2) }]],
  );
});

test('element types without a storage class of their own have the values of PyTorch', async (t) => {
  const tensors = await tensorsIn(fixture('unsigned.pt'));
  t.deepEqual(tensors.get('uint16'), { shape: [2, 2], data: Float32Array.of(1, 2, 65535, 3) });
  t.deepEqual(tensors.get('uint32'), { shape: [2], data: Float32Array.of(2147483648, 4294967040) });
  t.deepEqual(tensors.get('uint64'), { shape: [1], data: Float32Array.of(9.223372036854776e18) });
});

test('a function of the operating system beside the state dictionary is neither called nor in the way', async (t) => {
  const { stateDicts } = await readTensors(fixture('malicious.pt'));
  const dictionary = stateDicts.find(({ path }) => path.join() === 'state_dict')!;
  t.is(dictionary.tensors.size, 6);
  t.false(existsSync('cascade-was-here'));
});

test('a whole module gives what its state_dict() would hold', async (t) => {
  const tensors = await tensorsIn(fixture('whole-module.pt'));
  t.deepEqual([...tensors.keys()], ['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked']);
  t.deepEqual([...tensors.get('running_mean')!.data], [0.05000000074505806, -0.05000000074505806]);
});

test('a file without tensors is refused', async (t) => {
  const advice = 'save the model with torch.save(model.state_dict(), …).';
  t.is(await refusal('no-tensors.pt'), `FILE holds no state_dict of tensors; ${advice}`);
});

test('a big-endian file is refused', async (t) => {
  t.is(
    await refusal('big-endian.pt'),
    'FILE was written big-endian; load and save it on a little-endian machine.',
  );
});

test('a zip archive of another kind or packed again is refused', async (t) => {
  t.is(
    await refusal('compressed.pt'),
    'FILE is a zip archive without the uncompressed data.pkl of PyTorch; save the model with torch.save.',
  );
});

test('a tensor that repeats one number a million times is refused before it takes memory', async (t) => {
  t.is(
    await refusal('expanded.pt'),
    'FILE describes tensors of 1000000 numbers in 1584 bytes; save expanded tensors after .contiguous().',
  );
});

test('one changed bit in a weight is found', async (t) => {
  const bytes = await readFile(fixture('protocol-5.pt'));
  const weights = Buffer.from(Float32Array.of(1, 2).buffer);
  const position = bytes.indexOf(weights);
  t.true(position > 0);
  bytes[position]! ^= 1;
  t.is(await refusalOf(bytes), 'FILE is cut off or damaged; get the file again.');
});

test('an archive whose entries share their bytes is refused before they are summed up', async (t) => {
  const bytes = storedZip({ 'a/data.pkl': 'N.', 'a/data/0': 'x'.repeat(100_000) });
  // The entry of the content again and again, in the directory alone.
  const end = bytes.length - 22;
  const start = bytes.readUInt32LE(end + 16);
  const first = 46 + 'a/data.pkl'.length;
  const copies = 60_000;
  const again = Buffer.concat(Array(copies).fill(bytes.subarray(start + first, end)));
  const closing = Buffer.from(bytes.subarray(end));
  closing.writeUInt16LE(copies + 1, 8);
  closing.writeUInt16LE(copies + 1, 10);
  closing.writeUInt32LE(first + again.length, 12);
  const shared = Buffer.concat([bytes.subarray(0, start + first), again, closing]);
  t.is(await refusalOf(shared), 'FILE is cut off or damaged; get the file again.');
});
