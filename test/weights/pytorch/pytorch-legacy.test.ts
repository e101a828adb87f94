import { readFile } from 'node:fs/promises';
import test from 'ava';
import { CascadeError } from '../../../lib/errors.js';
import { readTensors } from '../../../lib/weights/read-tensors.js';
import { fixture, refusalOf, tensorsIn } from '../weight-files.js';

const DAMAGED = 'FILE is cut off or damaged; get the file again.';

test('a file of pickle protocol 4 is read', async (t) => {
  t.is((await readTensors(fixture('protocol-4-legacy.pt'))).format, 'pytorch-legacy');
  t.deepEqual(
    [...(await tensorsIn(fixture('protocol-4-legacy.pt')))],
    [['weight', { shape: [2], data: Float32Array.of(1, 2) }]],
  );
});

test('a function of the operating system is refused by name', async (t) => {
  await t.throwsAsync(readTensors(fixture('malicious-legacy.pt')), {
    instanceOf: CascadeError,
    message:
      /^test\S+ holds no state_dict of tensors, but something of the class posix\.system; save the model/,
  });
});

test('a storage of another length than its tensors tell is refused', async (t) => {
  const bytes = await readFile(fixture('protocol-4-legacy.pt'));
  // The file ends with the element count of its only storage and two float32.
  const count = bytes.length - 16;
  t.is(bytes.readBigInt64LE(count), 2n);
  for (const wrong of [1n, 3n, -1n, 2n ** 62n]) {
    bytes.writeBigInt64LE(wrong, count);
    t.is(await refusalOf(bytes), DAMAGED, `${wrong}`);
  }
});

test('another protocol version of the format is refused', async (t) => {
  const bytes = await readFile(fixture('numbers-legacy.pt'));
  const version = bytes.indexOf(Buffer.from([0x4d, 0xe9, 0x03])); // BININT2 1001
  t.true(version > 0);
  bytes[version + 1] = 0xea;
  t.is(await refusalOf(bytes), DAMAGED);
});
