import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import test from 'ava';
import fc from 'fast-check';
import { CascadeError } from '../../lib/errors.js';
import { elementCount } from '../../lib/network/tensor.js';
import { readTensors } from '../../lib/weights/read-tensors.js';
import { testWith } from '../support/needs.js';
import { trainedModel } from '../support/real-data.js';
import { fixture, NUMBERS, refusalOf, tensorsIn } from './weight-files.js';

const FORMATS = {
  'numbers.pt': 'pytorch',
  'numbers-legacy.pt': 'pytorch-legacy',
  'numbers.safetensors': 'safetensors',
};

for (const [name, format] of Object.entries(FORMATS)) {
  test(`${name}: every element type, view and shared storage has PyTorch's values`, async (t) => {
    const file = await readTensors(fixture(name));
    t.is(file.format, format as typeof file.format);
    const tensors = await tensorsIn(fixture(name));
    t.deepEqual([...tensors.keys()].sort(), Object.keys(NUMBERS).sort());
    for (const [key, [shape, values]] of Object.entries(NUMBERS)) {
      t.deepEqual(tensors.get(key)!.shape, shape, key);
      t.deepEqual([...tensors.get(key)!.data], values, key);
    }
  });
}

test("a tensor that is kept as the negative of its storage has PyTorch's values", async (t) => {
  const tensors = await tensorsIn(fixture('negated.pt'));
  t.deepEqual([...tensors.get('weight')!.data], [-2, 4]);
});

/** Sums as `tensor.double().sum()` of PyTorch 2.13 prints them, hashes by sha256sum. */
const TRAINED = [
  {
    name: 'resnet20-12fca82f.th',
    format: 'pytorch-legacy',
    sha256: '12fca82f0bebc4135bf1f32f6e3710e61d5108578464b84fd6d7f5c1b04036c8',
    elements: 271098,
    tensors: 97,
    sums: {
      'conv1.weight': 1.3100982000032673,
      'layer2.0.conv1.weight': -24.616129788733815,
      'linear.weight': -0.04562738863751292,
      'bn1.running_var': 76.47960840986343,
    },
    absoluteSum: 21349.562590950623,
  },
  {
    name: 'resnet56-4bfd9763.th',
    format: 'pytorch-legacy',
    sha256: '4bfd97631478d6b638d2764fd2baff3edb1d7d82252d54439343b6596b9b5367',
    elements: 857082,
    tensors: 277,
    sums: {
      'conv1.weight': -2.5577811515686335,
      'layer2.0.conv1.weight': -30.504247289592968,
      'linear.weight': -0.008035663631744683,
      'bn1.running_var': 54.748087141051656,
    },
    absoluteSum: 41377.086271385946,
  },
  {
    name: 'fashion-mnist-resnet20.safetensors',
    format: 'safetensors',
    sha256: 'd573395d12f5a6912312d5e049231ddf1f3b81c6231e445a86ffefdd224b4144',
    elements: 270810,
    tensors: 97,
    sums: {
      'conv1.weight': -5.173582964052912,
      'linear.weight': -0.10133337488514371,
      'bn1.running_var': 7.874235816299915,
    },
    absoluteSum: 6948.037387766211,
  },
] as const;

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

for (const { name, format, sha256, elements, tensors, sums, absoluteSum } of TRAINED) {
  const model = trainedModel(name);
  testWith(model, `${name}: the trained network has PyTorch's tensors and sums`, async (t) => {
    const { path } = model;
    const file = await readTensors(path);
    t.is(file.format, format);
    t.is(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
      sha256,
    );
    const weights = await tensorsIn(path);
    t.is(weights.size, tensors);
    t.is(sum([...weights.values()].map(({ shape }) => elementCount(shape))), elements);
    for (const [key, expected] of Object.entries(sums)) {
      const tensor = weights.get(key) ?? weights.get(`module.${key}`);
      t.true(Math.abs(sum(tensor!.data) - expected) < 1e-9, key);
    }
    const absolute = sum([...weights.values()].map(({ data }) => sum(data.map(Math.abs))));
    t.true(Math.abs(absolute - absoluteSum) < 1e-7, `${absolute}`);
  });
}

test('a checkpoint gives the tensors of its state dictionary as they are called there, and those beside it', async (t) => {
  const { stateDicts } = await readTensors(fixture('checkpoint.pt'));
  t.deepEqual(
    stateDicts.map(({ path, tensors }) => [path.join('.'), [...tensors.keys()]]),
    [
      ['', ['best_acc1']],
      [
        'state_dict',
        ['0.weight', '1.weight', '1.bias', '1.running_mean', '1.running_var', '1.num_batches_tracked'].map(
          (name) => `module.${name}`,
        ),
      ],
      ...[0, 1, 2].map((parameter) => [`optimizer.state.${parameter}`, ['momentum_buffer']]),
    ],
  );
  const dictionary = stateDicts.find(({ path }) => path[0] === 'state_dict')!;
  t.deepEqual([...dictionary.tensors.get('module.1.bias')!.data], [-0.4000000059604645, -0.4000000059604645]);
});

test('a missing file and a folder are named with the reason', async (t) => {
  await t.throwsAsync(readTensors(fixture('missing.pt')), {
    instanceOf: CascadeError,
    message: `${fixture('missing.pt')} cannot be read: no such file or directory.`,
  });
  await t.throwsAsync(readTensors('test'), {
    instanceOf: CascadeError,
    message: 'test is a folder; give a regular file.',
  });
});

test('an empty file and a file of another format are refused with what can be read', async (t) => {
  t.is(await refusalOf(Buffer.alloc(0)), 'FILE is empty; get the file again.');
  const unknown =
    "FILE is not a file of weights that cascade reads; give PyTorch's .pt, .pth or .th, .safetensors, .onnx, Keras's .h5 or .keras, or a model.json of TensorFlow.js.";
  t.is(await refusalOf(Buffer.from('{"weights": [1, 2, 3]}')), unknown);
  t.is(await refusalOf(Buffer.alloc(1000)), unknown);
  t.is(await refusalOf(Buffer.from([0x80, 2])), unknown);
});

for (const name of Object.keys(FORMATS)) {
  test(`${name}: cut off anywhere it is refused by name`, async (t) => {
    const bytes = await readFile(fixture(name));
    // Primes keep the number of cuts low and hit every kind of place.
    for (let length = 0; length < bytes.length; length += 7) {
      const refusal = await refusalOf(bytes.subarray(0, length));
      t.regex(refusal ?? 'read', /^FILE .*\.$/, `${length} bytes`);
    }
    t.regex((await refusalOf(bytes.subarray(0, -1))) ?? 'read', /^FILE .*\.$/);
  });

  test(`${name}: with any byte changed it is read or refused by name`, async (t) => {
    const bytes = await readFile(fixture(name));
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const changed = Buffer.from(bytes);
        for (const [position, bits] of changes) changed[position]! ^= bits;
        t.regex((await refusalOf(changed)) ?? 'FILE is read.', /^FILE .*\.$/);
      }),
      { numRuns: 300 },
    );
  });
}

for (const { name } of TRAINED) {
  const model = trainedModel(name);
  testWith(model, `${name}: the trained network cut off anywhere is refused by name`, async (t) => {
    const bytes = await readFile(model.path);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        t.regex((await refusalOf(bytes.subarray(0, length))) ?? 'read', /^FILE .*\.$/);
      }),
      { numRuns: 40 },
    );
  });
}
