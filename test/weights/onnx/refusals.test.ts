import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import { CascadeError } from '../../../lib/errors.js';
import { ModelProto } from '../../../lib/onnx/onnx-proto.js';
import { readNetwork } from '../../../lib/weights/read-network.js';
import { encodeModel, type Node, refusalOfModel, type TestModel } from './onnx-models.js';

const FLAT: TestModel['nodes'] = [
  ['Flatten', ['x'], 'flat'],
  ['MatMul', ['flat', 'w'], 'logits'],
];
const weights = { w: [192, 5] };

const REFUSALS: readonly (readonly [title: string, model: TestModel, message: string | RegExp])[] = [
  [
    'an operator that is not in the graph',
    { nodes: [['NonZero', ['image'], 'x'], ...FLAT], weights },
    'The node x (NonZero) of model.onnx is an operator that cascade does not run; export the network without it.',
  ],
  [
    'weights that do not fit',
    { nodes: [['Relu', ['image'], 'x'], ...FLAT], weights: { w: [100, 5] } },
    'The node logits (MatMul) of model.onnx has weights of the shape [5, 100] where its input needs [5, 192]; get the file again.',
  ],
  [
    'a window larger than the image',
    { nodes: [['MaxPool', ['image'], 'x', { kernel_shape: [9, 9] }], ...FLAT], weights },
    'model.onnx holds a network that does not fit together: The node x (max-pool) takes at least 9×9 pixels but is given the shape [8, 8].',
  ],
  [
    'more inputs than an operator has',
    { nodes: [['Max', new Array<string>(200_000).fill('image'), 'x'], ...FLAT], weights },
    'model.onnx holds a network that does not fit together: The node x (Max) has 200,000 inputs, more than cascade takes.',
  ],
  [
    'a text longer than an operator has',
    {
      nodes: [['Einsum', ['image'], 'x', { equation: `abcd -> a${'b'.repeat(2000)}` }], ...FLAT],
      weights,
      opset: 17,
    },
    'model.onnx holds a network that does not fit together: The node x (Einsum) has 2,009 letters in equation, more than cascade takes.',
  ],
  [
    'more nodes than a classifier has',
    {
      nodes: [...Array.from({ length: 50_001 }, (): Node => ['Relu', ['image'], 'x']), ...FLAT],
      weights,
    },
    'model.onnx has 50,003 nodes, and cascade takes at most 50,000; simplify the model and export it again.',
  ],
  [
    'a tensor that is not there',
    { nodes: [['Conv', ['image', 'k'], 'x'], ...FLAT], weights },
    'model.onnx lacks the value k, which it uses; get the file again.',
  ],
  [
    'operators of an old version',
    { nodes: [['Relu', ['image'], 'x'], ...FLAT], weights, opset: 6 },
    "model.onnx uses version 6 of ONNX's operators, where cascade reads 7 and newer; export it again.",
  ],
  [
    'an input that is no image',
    { nodes: [['MatMul', ['image', 'w'], 'logits']], weights, input: [0, 192] },
    'model.onnx has the inputs image ([?, 192] of the element type 1), where cascade needs exactly one of images of four axes, in floating-point numbers or as pixels 0 … 255 in uint8; export it so.',
  ],
  [
    'a cycle',
    {
      nodes: [['Add', ['image', 'b'], 'a'], ['Relu', ['a'], 'b'], ['Identity', ['b'], 'x'], ...FLAT],
      weights,
    },
    'The node a (Add) of model.onnx needs its own result, by way of other nodes or at once; export the model again.',
  ],
  [
    'arithmetic with pixels before they are real numbers',
    { nodes: [['Add', ['image', 'image'], 'x'], ...FLAT], weights, inputType: 'uint8' },
    'The node x (Add) of model.onnx computes with whole numbers, where cascade needs a Cast to real numbers first.',
  ],
  [
    'channels that nothing tells',
    { nodes: [['GlobalAveragePool', ['image'], 'x'], ...FLAT], weights, input: [0, 0, 8, 8] },
    'model.onnx takes images of [?, 8, 8], and neither they nor the first convolution tell the number of channels; export it with that.',
  ],
  [
    'a constant that grows with every node',
    {
      nodes: [
        ...Array.from({ length: 40 }, (_, index): TestModel['nodes'][number] => {
          const before = index === 0 ? 'w' : `w${index}`;
          return ['Concat', [before, before], `w${index + 1}`, { axis: 0 }];
        }),
        ['Mul', ['image', 'w40'], 'x'],
        ...FLAT,
      ],
      weights,
    },
    /^The node w\d+ \(Concat\) of model\.onnx handles \d+ numbers more than cascade allows for a file of this size, a limit of its own .* export it again\.$/,
  ],
  [
    'a name of a million characters with a line break, cut short',
    { nodes: [[`\n${'x'.repeat(1e6)}`, ['image'], 'x'], ...FLAT], weights },
    `The node x (\\x0a${'x'.repeat(35)} … ${'x'.repeat(38)}) of model.onnx is an operator that cascade does not run; export the network without it.`,
  ],
  [
    'a million axes',
    { nodes: [['ReduceMean', ['image'], 'x', { axes: new Array(1e6).fill(2) }], ...FLAT], weights },
    'The node x (ReduceMean) of model.onnx reads more than 64 axes, which is as many as cascade takes; export the model again.',
  ],
  [
    'two outputs that may be logits',
    {
      nodes: [
        ['Relu', ['image'], 'x'],
        ...FLAT,
        ['GlobalAveragePool', ['x'], 'p'],
        ['Flatten', ['p'], 'pooled'],
      ],
      weights,
      outputs: ['logits', 'pooled', 'x'],
    },
    'model.onnx has the outputs logits ([images, 5]), pooled ([images, 3]), x ([images, 3, 8, 8]), where cascade needs exactly one of [images, classes]; export it with its logits alone.',
  ],
];

for (const [title, model, message] of REFUSALS) {
  test(`${title} is refused by name`, async (t) => {
    const refusal = (await refusalOfModel(encodeModel(model))) ?? 'read';
    if (typeof message === 'string') t.is(refusal, message);
    else t.regex(refusal, message);
  });
}

test('what the logits do not need may be anything, and their softmax may be an output as well', async (t) => {
  const nodes: TestModel['nodes'] = [
    ['Relu', ['image'], 'x'],
    ...FLAT,
    ['Softmax', ['logits'], 'probabilities'],
    ['ArgMax', ['logits'], 'label', { axis: 1 }],
  ];
  const model = encodeModel({ nodes, weights, outputs: ['logits', 'probabilities', 'label'] });
  t.is(await refusalOfModel(model), undefined);
});

/** A sound model whose messages are changed before they are encoded. */
function changed(change: (model: { graph: { initializer: Record<string, unknown>[] } }) => void): Buffer {
  const bytes = encodeModel({ nodes: [['Relu', ['image'], 'x'], ...FLAT], weights });
  const model = ModelProto.decode(bytes) as unknown as Parameters<typeof change>[0];
  change(model);
  return Buffer.from(ModelProto.encode(model).finish());
}

test('NaN among the weights is named', async (t) => {
  const bytes = changed(({ graph: { initializer } }) => {
    (initializer[0]!['floatData'] as number[])[7] = Number.NaN;
  });
  t.is(
    await refusalOfModel(bytes),
    'model.onnx holds NaN or infinite values in the tensor w; get the file again or repeat its training.',
  );
});

test('a tensor whose numbers do not fit its shape is named', async (t) => {
  const bytes = changed(({ graph: { initializer } }) => {
    (initializer[0]!['floatData'] as number[]).pop();
  });
  t.is(
    await refusalOfModel(bytes),
    'model.onnx holds 3836 bytes of the tensor w, which do not fit its shape [192, 5]; get the file again.',
  );
});

for (const location of ['../w.data', '/etc/hostname', 'a/../../w.data', 'C:\\w.data', '..\\w.data', '']) {
  test(`external data at "${location}" is not looked for`, async (t) => {
    const bytes = changed(({ graph: { initializer } }) => {
      Object.assign(initializer[0]!, {
        floatData: [],
        dataLocation: 1,
        externalData: [{ key: 'location', value: location }],
      });
    });
    t.regex(
      (await refusalOfModel(bytes)) ?? 'read',
      /^model\.onnx keeps the tensor w at .* in and below the folder/,
    );
  });
}

test('a chain of 20,000 nodes in reverse is read', async (t) => {
  const chain = Array.from({ length: 20_000 }, (_, index): TestModel['nodes'][number] => [
    'Relu',
    [index === 0 ? 'image' : `r${index}`],
    index === 19_999 ? 'x' : `r${index + 1}`,
  ]);
  t.is(await refusalOfModel(encodeModel({ nodes: [...FLAT, ...chain.reverse()], weights })), undefined);
});

test('a file of more messages than cascade takes is refused before they are read', async (t) => {
  // An empty node is two bytes: field 1 of the graph, length 0.
  const nodes = Buffer.alloc(2 * 400_001).fill(Buffer.from([0x0a, 0]));
  const length = Buffer.from([0x82, 0xea, 0x30]);
  t.is(nodes.length, 0x02 + (0x6a << 7) + (0x30 << 14));
  t.is(
    await refusalOfModel(Buffer.concat([Buffer.from([0x08, 8, 0x3a]), length, nodes])),
    'model.onnx consists of more than 400000 nodes, attributes and tensors, which is as many as cascade takes; simplify the model and export it again.',
  );
});

test('external data behind a link is read in the folder of the model and not outside', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-onnx-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const inside = path.join(folder, 'model');
  const file = path.join(inside, 'model.onnx');
  await mkdir(inside);
  const externalData = [{ key: 'location', value: 'w.data' }];
  const bytes = changed(({ graph: { initializer } }) => {
    Object.assign(initializer[0]!, { floatData: [], dataLocation: 1, externalData });
  });
  await writeFile(file, bytes);
  for (const place of [folder, inside]) await writeFile(path.join(place, 'blob'), Buffer.alloc(3840, 1));
  await symlink(path.join(folder, 'blob'), path.join(inside, 'w.data'));
  await t.throwsAsync(readNetwork(file, [8, 8]), {
    instanceOf: CascadeError,
    message: `${file} keeps the tensor w at w.data, where cascade only looks in and below the folder of the model; save it again with its data beside it.`,
  });
  await rm(path.join(inside, 'w.data'));
  await symlink('blob', path.join(inside, 'w.data'));
  t.is((await readNetwork(file, [8, 8])).network.parameters.size, 1);
});

test('external data that is missing or too short is named with its place', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-onnx-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const [file, data] = [path.join(folder, 'model.onnx'), path.join(folder, 'w.data')];
  const entries = { location: 'w.data', offset: '8', length: '3840' };
  const externalData = Object.entries(entries).map(([key, value]) => ({ key, value }));
  const bytes = changed(({ graph: { initializer } }) => {
    Object.assign(initializer[0]!, { floatData: [], dataLocation: 1, externalData });
  });
  await writeFile(file, bytes);
  await t.throwsAsync(readNetwork(file, [8, 8]), {
    instanceOf: CascadeError,
    message: `${data}, where ${file} keeps the tensor w, cannot be read: no such file or directory.`,
  });
  await writeFile(data, Buffer.alloc(3847));
  await t.throwsAsync(readNetwork(file, [8, 8]), {
    instanceOf: CascadeError,
    message: `${data} does not hold the whole tensor w of ${file}; get both files again.`,
  });
  await writeFile(data, Buffer.alloc(3848));
  const before = await readNetwork(file, [8, 8]);
  await writeFile(data, Buffer.alloc(3848, 1));
  t.not((await readNetwork(file, [8, 8])).sha256, before.sha256);
});

for (const name of ['unfolded.onnx', 'pools-17.onnx']) {
  const fixture = path.join('test', 'weights', 'onnx', 'fixtures', name);

  test(`${name}: cut off anywhere it is refused by name`, async (t) => {
    const bytes = await readFile(fixture);
    for (let length = 0; length < bytes.length - 30; length += 7) {
      const refusal = await refusalOfModel(bytes.subarray(0, length));
      t.is(refusal, 'model.onnx is cut off or damaged; get the file again.', `${length} bytes`);
    }
  });

  test(`${name}: with any byte changed it is read or refused by name`, async (t) => {
    const bytes = await readFile(fixture);
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [position, bits] of changes) damaged[position]! ^= bits;
        t.regex((await refusalOfModel(damaged)) ?? 'read.', /^.+\.$/s);
      }),
      { numRuns: 1000 },
    );
  });
}
