import test from 'ava';
import fc from 'fast-check';
import { CascadeError } from '../../../lib/errors.js';
import type { Tensor } from '../../../lib/network/tensor.js';
import { ELEMENT_TYPES } from '../../../lib/weights/element-types.js';
import { PickleObject, type PickleValue } from '../../../lib/weights/pytorch/pickle-value.js';
import { StorageReference, TensorView } from '../../../lib/weights/pytorch/pytorch-pickle.js';
import { findStateDicts, type StateDict } from '../../../lib/weights/pytorch/state-dict.js';
import { decodedTensors } from '../../../lib/weights/pytorch/undecoded-tensor.js';

const FLOATS = Float32Array.from({ length: 64 }, (_, index) => index);
const BYTES = Buffer.from(FLOATS.buffer);
const type = ELEMENT_TYPES.float32;

function view(offset: number, shape: number[], strides: number[], start = 0): TensorView {
  return new TensorView(new StorageReference('0', type, FLOATS.length, start), type, offset, shape, strides);
}

function dictionariesOf(root: PickleValue): readonly StateDict[] {
  return findStateDicts(root, (key) => (key === '0' ? BYTES : undefined), 'weights.pt');
}

/** The tensors of the first dictionary. */
function tensorsOf(root: PickleValue): ReadonlyMap<string, Tensor> {
  return decodedTensors(dictionariesOf(root)[0]!.tensors, BYTES.length, 'weights.pt');
}

function placesOf(root: PickleValue): string[] {
  return dictionariesOf(root).map(({ path, tensors }) => `${path.join('.')}: ${[...tensors.keys()].join()}`);
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

test('dictionaries of tensors are found under any key, in lists, objects and their attributes, the top first', (t) => {
  const state = (): Map<string, PickleValue> => new Map([['weight', one]]);
  const wrapper = new PickleObject('fairseq.Checkpoint', [state()]);
  wrapper.state = new Map([['weights', state()]]);
  const dictionary = new PickleObject('my.Dictionary');
  dictionary.entries = state();
  t.deepEqual(
    placesOf(
      new Map<PickleValue, PickleValue>([
        ['best_acc1', one],
        ['epoch', 3],
        ['anything', new Map([['deeper', state()]])],
        ['pair', [state(), 'text', [state()]]],
        [7, state()],
        ['wrapper', wrapper],
        ['own', dictionary],
      ]),
    ),
    [
      ': best_acc1',
      '7: weight',
      'own: weight',
      'anything.deeper: weight',
      'pair.0: weight',
      'wrapper.weights: weight',
      'wrapper.0: weight',
      'pair.2.0: weight',
    ],
  );
});

test('what stands among tensors in place of one is told by its class', (t) => {
  const [dictionary] = dictionariesOf(
    new Map<string, PickleValue>([
      ['weight', one],
      ['bias', new PickleObject('numpy.ndarray')],
    ]),
  );
  t.deepEqual([...dictionary!.foreign], [['bias', 'numpy.ndarray']]);
});

function module(
  parameters: [string, PickleValue][],
  modules: [string, PickleValue][],
  more: [string, PickleValue][] = [],
): PickleObject {
  const object = new PickleObject('torch.nn.Module');
  object.state = new Map<string, PickleValue>([
    ['_parameters', new Map(parameters)],
    ['_modules', new Map(modules)],
    ...more,
  ]);
  return object;
}

test('a whole module has the parameters and persistent buffers of its modules, in the order of state_dict()', (t) => {
  const buffers: [string, PickleValue][] = [
    [
      '_buffers',
      new Map([
        ['kept', one],
        ['passing', one],
      ]),
    ],
    ['_non_persistent_buffers_set', new Set(['passing'])],
  ];
  const root = module(
    [
      ['weight', one],
      ['bias', null],
    ],
    [
      ['first', module([['weight', one]], [['inner', module([['bias', one]], [])]])],
      ['none', null],
      ['last', module([], [], buffers)],
    ],
  );
  t.deepEqual(placesOf(root), [': weight,first.weight,first.inner.bias,last.kept']);
});

test('modules that hold one another twice over and over are refused with the limit', (t) => {
  let nested = module([['weight', one]], []);
  for (let depth = 0; depth < 60; depth++)
    nested = module(
      [],
      [
        ['a', nested],
        ['b', nested],
      ],
    );
  t.throws(() => dictionariesOf(nested), {
    instanceOf: CascadeError,
    message:
      /^weights\.pt holds a module of more than 100000 modules or 100 levels, the most that cascade reads; /,
  });
});

test('the name of a tensor that is longer than any is refused, shortened', (t) => {
  t.throws(() => tensorsOf(new Map([['x'.repeat(2e6), one]])), {
    instanceOf: CascadeError,
    message:
      /^weights\.pt calls a tensor by a name of 2000000 characters \(x{39} … x{38}\), and cascade reads up to 1000; /,
  });
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
