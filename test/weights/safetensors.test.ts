import { readFile } from 'node:fs/promises';
import test from 'ava';
import fc from 'fast-check';
import type { Tensor } from '../../lib/network/tensor.js';
import { readTensors } from '../../lib/weights/read-tensors.js';
import { readSafetensors, writeSafetensors } from '../../lib/weights/safetensors.js';
import { fixture, refusalOf } from './weight-files.js';

/** A file with a header as given and some bytes behind it. */
function file(header: unknown, dataLength: number): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(dataLength)]);
}

const entry = (dtype: unknown, shape: unknown, offsets: unknown) => ({ dtype, shape, data_offsets: offsets });

test('metadata written by the reference implementation are read', async (t) => {
  const { metadata } = await readTensors(fixture('numbers.safetensors'));
  t.deepEqual(metadata, { dataset: 'Fashion-MNIST', epochs: '3' });
});

test('a file has the bytes that the format describes, its header padded with spaces to 8 bytes', (t) => {
  const tensors = new Map([
    ['b', { shape: [2, 1], data: Float32Array.of(1, -2) }],
    ['0', { shape: [], data: Float32Array.of(0.5) }],
  ]);
  const header =
    '{"__metadata__":{"made":"here"},"b":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"0":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}    ';
  t.is(header.length, 144);
  const expected = Buffer.concat([
    Buffer.from('9000000000000000', 'hex'),
    Buffer.from(header),
    Buffer.from('0000803f000000c00000003f', 'hex'),
  ]);
  t.deepEqual(Buffer.from(writeSafetensors(tensors, { made: 'here' })), expected);
});

test('what is written is read again in the same order', (t) => {
  const tensor: fc.Arbitrary<Tensor> = fc.array(fc.nat(3), { maxLength: 3 }).chain((shape) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc
      .float32Array({ minLength: length, maxLength: length, noNaN: true })
      .map((data) => ({ shape, data: Float32Array.from(data) }));
  });
  // A tensor without elements has no place of its own, so that its order is not kept.
  const filled = tensor.filter(({ data }) => data.length > 0);
  const named = fc.uniqueArray(fc.tuple(fc.string({ unit: 'grapheme' }), filled), {
    selector: ([name]) => name,
  });
  fc.assert(
    fc.property(named, fc.dictionary(fc.string(), fc.string()), (entries, metadata) => {
      const bytes = Buffer.from(writeSafetensors(new Map(entries), metadata));
      t.is(bytes.readUInt32LE() % 8, 0);
      const again = readSafetensors(bytes, 'heads.safetensors');
      t.deepEqual([...again.tensors], entries);
      t.deepEqual({ ...again.metadata }, { ...metadata });
    }),
  );
});

test('a tensor that is a window of a larger array is written alone', (t) => {
  const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  const bytes = Buffer.from(writeSafetensors(new Map([['w', { shape: [2], data }]])));
  t.deepEqual(readSafetensors(bytes, 'heads.safetensors').tensors.get('w')!.data, Float32Array.of(2, 3));
});

const REFUSED: readonly (readonly [string, Buffer, string])[] = [
  ['a header longer than the file', file('{}', 0).fill(99, 0, 1), 'is cut off inside its header'],
  ['a header that is not JSON', file('{"a": }', 4), 'has a header that is no JSON object'],
  ['metadata that are not text', file({ __metadata__: { epochs: 3 } }, 0), 'has metadata that are not text'],
  ['metadata that are a list', file({ __metadata__: ['a'] }, 0), 'has metadata that are not text'],
  [
    'an unknown type',
    file({ a: entry('F8_E4M3', [4], [0, 4]) }, 4),
    'has the unknown type "F8_E4M3" of the tensor a',
  ],
  [
    'the name of an object property as type',
    file({ a: entry('constructor', [4], [0, 4]) }, 4),
    'has the unknown type "constructor" of the tensor a',
  ],
  [
    'a tensor described twice',
    file(
      '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\\u0061":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}',
      1,
    ),
    'describes the tensor a twice',
  ],
  [
    'a type that is nested deeply',
    file(`{"a":{"dtype":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`, 0),
    'has the unknown type object of the tensor a',
  ],
  ['a tensor that is null', file({ a: null }, 0), 'has the unknown type undefined of the tensor a'],
  [
    'a negative size',
    file({ a: entry('F32', [-1, -1], [0, 4]) }, 4),
    'does not tell the shape of the tensor a',
  ],
  [
    'a missing shape',
    file({ a: entry('F32', undefined, [0, 4]) }, 4),
    'does not tell the shape of the tensor a',
  ],
  ['three offsets', file({ a: entry('F32', [1], [0, 4, 8]) }, 4), 'does not tell the place of the tensor a'],
  [
    'offsets in reverse',
    file({ a: entry('F32', [1], [4, 0]) }, 4),
    'has bytes that do not fit the shape of the tensor a',
  ],
  [
    'a shape of more numbers than bytes',
    file({ a: entry('F32', [2], [0, 4]) }, 4),
    'has bytes that do not fit the shape of the tensor a',
  ],
  [
    'an astronomic shape',
    file({ a: entry('F32', [2 ** 40, 2 ** 40], [0, 4]) }, 4),
    'has bytes that do not fit the shape of the tensor a',
  ],
  ['data beyond the end', file({ a: entry('F32', [2], [0, 8]) }, 7), 'is cut off inside the tensor a'],
  [
    'an astronomic tensor',
    file({ a: entry('F32', [2 ** 40], [0, 2 ** 42]) }, 8),
    'is cut off inside the tensor a',
  ],
  [
    'an overlap',
    file({ a: entry('F32', [2], [0, 8]), b: entry('F32', [1], [4, 8]) }, 8),
    'has a gap or an overlap before the tensor b',
  ],
  [
    'a gap',
    file({ a: entry('U8', [1], [0, 1]), b: entry('U8', [1], [2, 3]) }, 3),
    'has a gap or an overlap before the tensor b',
  ],
  ['bytes left over', file({ a: entry('F32', [1], [0, 4]) }, 7), 'has 3 bytes that belong to no tensor'],
];

for (const [fault, bytes, message] of REFUSED) {
  test(`${fault}: the file is refused with the fault`, async (t) => {
    t.is(await refusalOf(bytes), `FILE ${message}; get the file again.`);
  });
}

test('a tensor of more axes than are read is refused with the limit', async (t) => {
  const bytes = file({ a: entry('U8', Array(65).fill(1), [0, 1]) }, 1);
  t.regex((await refusalOf(bytes))!, /^FILE describes a tensor of 65 axes, and cascade reads up to 64; /);
});

test('a tensor without elements may lie anywhere', async (t) => {
  const bytes = file(
    { a: entry('U8', [1], [0, 1]), z: entry('U8', [0], [0, 0]), y: entry('U8', [0], [1, 1]) },
    1,
  );
  t.is(await refusalOf(bytes), undefined);
});

test('the trained file written again holds the same tensors', async (t) => {
  const original = readSafetensors(await readFile(fixture('numbers.safetensors')), 'numbers.safetensors');
  const again = readSafetensors(Buffer.from(writeSafetensors(original.tensors, original.metadata)), 'again');
  t.deepEqual(new Map([...again.tensors].sort()), new Map([...original.tensors].sort()));
});
