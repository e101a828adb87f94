import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { CascadeError } from '../../../lib/errors.js';
import { openNpy, readNpy, writeNpy } from '../../../lib/files/npy/npy.js';
import { temporaryFolder } from '../../support/run-cascade.js';

/** `numpy.save` of `numpy.array([[1.5, -2], [0.25, 3]], dtype='<f4')` by NumPy 2.3: the header padded to 128 bytes. */
const NUMPY_HEADER = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";

function numpyFile(header: string, data: Uint8Array): Buffer {
  const text = Buffer.from(`${header.padEnd(117)}\n`, 'latin1');
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0]);
  return Buffer.concat([magic, text, data]);
}

const VALUES = Float32Array.of(1.5, -2, 0.25, 3);

test("a file of NumPy's is read", async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.npy');
  await writeFile(file, numpyFile(NUMPY_HEADER, new Uint8Array(VALUES.buffer)));
  const { shape, data } = await readNpy(file);
  t.deepEqual([...shape], [2, 2]);
  t.deepEqual([...data], [...VALUES]);
});

test('some rows are read without the others', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.npy');
  await writeNpy(file, '<u2', [4, 3], Uint16Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 65535));
  const { shape, readRows, close } = await openNpy(file);
  t.deepEqual([...shape], [4, 3]);
  t.deepEqual([...(await readRows(3, 1))], [9, 10, 65535]);
  t.deepEqual([...(await readRows(1, 2))], [3, 4, 5, 6, 7, 8]);
  t.deepEqual([...(await readRows(2, 0))], []);
  await close();
});

test("what is written begins as NumPy's files do, its data at a multiple of 64 bytes", async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.npy');
  await writeNpy(file, '<f4', [2, 2], VALUES);
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(file);
  t.is(bytes.subarray(1, 6).toString(), 'NUMPY');
  t.is((bytes.length - VALUES.byteLength) % 64, 0);
  t.deepEqual([...(await readNpy(file)).data], [...VALUES]);
});

test('a cut file, a foreign file and foreign types are refused by name', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.npy');
  const refused = async (bytes: Buffer, says: RegExp): Promise<void> => {
    await writeFile(file, bytes);
    const error = await t.throwsAsync(readNpy(file), { message: says });
    t.true(error?.message.startsWith(file));
  };
  const data = new Uint8Array(VALUES.buffer);
  await refused(
    numpyFile(NUMPY_HEADER, data.subarray(0, 15)),
    /holds 15 bytes of data where its header promises 16/,
  );
  await refused(Buffer.from('not a file of numbers'), /\.npy/);
  await refused(numpyFile(NUMPY_HEADER.replace('<f4', '<c8'), data), /<c8/);
});

test('an array whose first axis runs fastest, as a transposed one is saved, has the same rows', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.npy');
  const header = NUMPY_HEADER.replace('False', 'True');
  // numpy.asfortranarray(numpy.arange(12.0, dtype='f4').reshape(2, 3, 2)).tobytes('A')
  const stored = Float32Array.of(0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11);
  await writeFile(file, numpyFile(header.replace('(2, 2)', '(2, 3, 2)'), new Uint8Array(stored.buffer)));
  const { data, shape } = await readNpy(file);
  t.deepEqual(
    [shape, [...data]],
    [
      [2, 3, 2],
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ],
  );
  const reader = await openNpy(file);
  t.deepEqual([...(await reader.readRows(1, 1))], [6, 7, 8, 9, 10, 11]);
  await reader.close();
});

test('numbers in the order of bytes of other machines are read', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.npy');
  const big: readonly (readonly [type: string, bytes: Buffer])[] = [
    ['>f4', Buffer.from(VALUES.buffer.slice(0)).swap32()],
    ['>f8', Buffer.from(Float64Array.from(VALUES).buffer).swap64()],
    ['>i2', Buffer.from(Int16Array.of(1, -2, 300, 3).buffer).swap16()],
  ];
  for (const [type, bytes] of big) {
    await writeFile(file, numpyFile(NUMPY_HEADER.replace('<f4', type), bytes));
    t.deepEqual([...(await readNpy(file)).data], type === '>i2' ? [1, -2, 300, 3] : [...VALUES], type);
  }
});

test('a shape or header that is none is refused by name, and takes no memory', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.npy');
  const data = new Uint8Array(VALUES.buffer);
  const headers = [
    ...[
      '(-2, -2)',
      '(2**53,)',
      '(1e1,)',
      '(0x2, 2)',
      '(2.0, 2)',
      '(2,, 2)',
      '(,)',
      '2, 2',
      '(99999999999999999999,)',
    ].map((shape) => NUMPY_HEADER.replace('(2, 2)', shape)),
    ...['(1000000000, 1000000000)', '(9007199254740991, 8)', '(2, 3)', '(2,)', '()'].map((shape) =>
      NUMPY_HEADER.replace('(2, 2)', shape),
    ),
    NUMPY_HEADER.replace("'<f4'", "'|O'"),
    NUMPY_HEADER.replace("'<f4'", "[('a', '<f4')]"),
    NUMPY_HEADER.replace("'<f4'", "'constructor'"),
    NUMPY_HEADER.replace("'descr'", "'shape'"),
    NUMPY_HEADER.replace('False', '0'),
    `${NUMPY_HEADER}{`,
    '{}',
  ];
  for (const header of headers) {
    await writeFile(file, numpyFile(header, data));
    const error = await t.throwsAsync(readNpy(file), { instanceOf: CascadeError }, header);
    t.true(error!.message.startsWith(`${file} h`), error!.message);
  }
});

test('an array without elements is read', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.npy');
  await writeFile(file, numpyFile(NUMPY_HEADER.replace('(2, 2)', '(0, 10)'), new Uint8Array()));
  t.deepEqual([...(await readNpy(file)).shape], [0, 10]);
});
