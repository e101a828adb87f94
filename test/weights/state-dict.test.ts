import test from 'ava';
import fc from 'fast-check';
import { CascadeError } from '../../lib/errors.js';
import type { Tensor } from '../../lib/network/tensor.js';
import { ELEMENT_TYPES } from '../../lib/weights/element-types.js';
import type { PickleValue } from '../../lib/weights/pickle.js';
import { StorageReference, TensorView } from '../../lib/weights/pytorch-pickle.js';
import { stateDictTensors } from '../../lib/weights/state-dict.js';

const FLOATS = Float32Array.from({ length: 64 }, (_, index) => index);
const BYTES = Buffer.from(FLOATS.buffer);
const type = ELEMENT_TYPES.float32;

function view(offset: number, shape: number[], strides: number[], start = 0): TensorView {
  return new TensorView(new StorageReference('0', type, FLOATS.length, start), type, offset, shape, strides);
}

function tensorsOf(root: PickleValue): ReadonlyMap<string, Tensor> {
  return stateDictTensors(root, (key) => (key === '0' ? BYTES : undefined), BYTES.length, 'weights.pt');
}

const one = view(7, [1], [1]);

test('the tensors of any view are those that its offset and strides define', (t) => {
  const axes = fc.array(fc.record({ size: fc.integer({ min: 1, max: 3 }), stride: fc.nat(6) }), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(axes, fc.nat(20), fc.nat(5), (dimensions, offset, start) => {
      const shape = dimensions.map(({ size }) => size);
      const strides = dimensions.map(({ stride }) => stride);
      // Brute force: the element at each index, the last axis running fastest.
      let expected = [start + offset];
      for (const { size, stride } of dimensions) {
        expected = expected.flatMap((from) =>
          Array.from({ length: size }, (_, index) => from + index * stride),
        );
      }
      const tensor = tensorsOf(new Map([['weight', view(offset, shape, strides, start)]])).get('weight')!;
      t.deepEqual(tensor, { shape, data: Float32Array.from(expected) });
    }),
  );
});

test('a view beyond its storage is refused, one up to its last element is read', (t) => {
  t.deepEqual(
    tensorsOf(new Map([['weight', view(60, [2, 2], [1, 2])]])).get('weight')!.data,
    Float32Array.of(60, 62, 61, 63),
  );
  for (const beyond of [
    view(61, [2, 2], [1, 2]),
    view(64, [], []),
    view(0, [2], [64]),
    view(60, [4], [1], 1),
  ]) {
    t.throws(() => tensorsOf(new Map([['weight', beyond]])), {
      instanceOf: CascadeError,
      message: 'weights.pt is cut off or damaged; get the file again.',
    });
  }
});

test('a tensor whose storage is missing is refused', (t) => {
  const missing = new TensorView(new StorageReference('1', type, 1, 0), type, 0, [1], [1]);
  t.throws(() => tensorsOf(new Map([['weight', missing]])), {
    instanceOf: CascadeError,
    message: /cut off or damaged/,
  });
});

for (const key of ['state_dict', 'model', 'model_state_dict', 'net', 'ema']) {
  test(`a state dictionary under ${key} is found, and single tensors beside it are left out`, (t) => {
    const root = new Map<string, PickleValue>([
      ['best_prec1', one],
      ['epoch', 3],
      [
        key,
        new Map<string, PickleValue>([
          ['weight', one],
          ['version', 2],
        ]),
      ],
    ]);
    t.deepEqual([...tensorsOf(root)], [['weight', { shape: [1], data: Float32Array.of(7) }]]);
  });
}

test('a state dictionary may lie two levels deep, or beside a nested dictionary without tensors', (t) => {
  const state = new Map([['weight', one]]);
  t.deepEqual([...tensorsOf(new Map([['model', new Map([['state_dict', state]])]])).keys()], ['weight']);
  t.deepEqual(
    [
      ...tensorsOf(
        new Map<string, PickleValue>([
          ['model', new Map([['name', 'resnet']])],
          ['net', state],
        ]),
      ).keys(),
    ],
    ['weight'],
  );
});

test('a dictionary that holds itself ends in the error for no state dictionary', (t) => {
  const circle = new Map<string, PickleValue>();
  circle.set('model', circle);
  for (const root of [circle, [one], 'text', one, new Map()]) {
    t.throws(() => tensorsOf(root), {
      instanceOf: CascadeError,
      message: /^weights\.pt holds no state_dict of tensors; /,
    });
  }
});

test('views that together ask for more numbers than the file has bytes are refused', (t) => {
  const all = view(0, [64], [1]);
  const views = (count: number): PickleValue =>
    new Map(Array.from({ length: count }, (_, index) => [`${index}`, all]));
  t.is(tensorsOf(views(4)).size, 4);
  t.throws(() => tensorsOf(views(5)), {
    instanceOf: CascadeError,
    message: /tensors of 320 numbers in 256 bytes/,
  });
  t.throws(() => tensorsOf(new Map([['weight', view(0, [1e200, 1e200, 0], [0, 0, 0])]])), {
    instanceOf: CascadeError,
    message: /tensors of NaN numbers/,
  });
});
