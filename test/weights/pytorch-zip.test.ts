import { readFile } from 'node:fs/promises';
import test from 'ava';
import { CascadeError } from '../../lib/errors.js';
import { readTensors } from '../../lib/weights/read-tensors.js';
import { fixture, refusalOf } from './weight-files.js';

async function refusal(name: string): Promise<string> {
  try {
    await readTensors(fixture(name));
  } catch (error) {
    if (error instanceof CascadeError) return error.message.replace(fixture(name), 'FILE');
    throw error;
  }
  return 'read';
}

const EXPORT = 'export a plain state_dict with torch.save(model.state_dict(), …), or safetensors.';

test('a file of pickle protocol 5 is read', async (t) => {
  const { format, tensors } = await readTensors(fixture('protocol-5.pt'));
  t.is(format, 'pytorch');
  t.deepEqual([...tensors], [['weight', { shape: [2], data: Float32Array.of(1, 2) }]]);
});

test('element types without a storage class of their own have the values of PyTorch', async (t) => {
  const { tensors } = await readTensors(fixture('unsigned.pt'));
  t.deepEqual(tensors.get('uint16'), { shape: [2, 2], data: Float32Array.of(1, 2, 65535, 3) });
  t.deepEqual(tensors.get('uint32'), { shape: [2], data: Float32Array.of(2147483648, 4294967040) });
  t.deepEqual(tensors.get('uint64'), { shape: [1], data: Float32Array.of(9.223372036854776e18) });
});

test('a function of the operating system is refused by name, even beside the state dictionary', async (t) => {
  t.is(
    await refusal('malicious.pt'),
    `FILE refers to the class posix.system, which cascade does not load; ${EXPORT}`,
  );
});

test('a whole module is refused by the name of its class', async (t) => {
  const name = 'torch.nn.modules.batchnorm.BatchNorm2d';
  t.is(
    await refusal('whole-module.pt'),
    `FILE refers to the class ${name}, which cascade does not load; ${EXPORT}`,
  );
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
