import test from 'ava';
import { totalMacs } from '../../../lib/network/macs.js';
import { OPERATOR_NAMES } from '../../../lib/network/operator/operator-names.js';
import { agrees, classifier, type Node, refusalOfModel, type TestModel } from './onnx-models.js';

/** The image as 64 tokens of 3 numbers. */
const TOKENS: readonly Node[] = [
  ['Reshape', ['image', 'joined'], 'joined-image'],
  ['Transpose', ['joined-image'], 'tokens', { perm: [0, 2, 1] }],
];
const JOINED = { joined: [0, 3, 64] };

const UNARY = [
  'Abs',
  'Celu',
  'Ceil',
  'Cos',
  'Elu',
  'Erf',
  'Exp',
  'Floor',
  'HardSigmoid',
  'HardSwish',
  'LeakyRelu',
];
const MORE_UNARY = [
  'Neg',
  'Reciprocal',
  'Relu',
  'Selu',
  'Sigmoid',
  'Sign',
  'Sin',
  'Softplus',
  'Softsign',
  'Tanh',
];
const BINARY = ['Add', 'Div', 'Max', 'Min', 'Mul', 'Sub'];
const REDUCTIONS = [
  'ReduceL1',
  'ReduceL2',
  'ReduceLogSumExp',
  'ReduceMax',
  'ReduceMean',
  'ReduceMin',
  'ReduceSumSquare',
];

type Case = readonly [operator: string, model: Buffer];

const CASES: readonly Case[] = [
  ...[...UNARY, ...MORE_UNARY, 'ThresholdedRelu'].map(
    (name): Case => [name, classifier([...TOKENS, [name, ['tokens'], 'x']], 192, { indices: JOINED })],
  ),
  ...['Log', 'Sqrt'].map(
    (name): Case => [
      name,
      classifier(
        [
          ['Exp', ['image'], 'above'],
          [name, ['above'], 'x'],
        ],
        192,
      ),
    ],
  ),
  ...BINARY.map(
    (name): Case => [
      name,
      classifier([...TOKENS, [name, ['tokens', 'w'], 'y'], [name, ['w', 'y'], 'x']], 192, {
        indices: JOINED,
        weights: { w: [64, 3] },
      }),
    ],
  ),
  ...REDUCTIONS.map(
    (name): Case => [name, classifier([[name, ['image'], 'x', { axes: [1], keepdims: 0 }]], 64)],
  ),
  ['ReduceSum', classifier([['ReduceSum', ['image', 'a'], 'x']], 64, { indices: { a: [1] } })],
  [
    'Pow',
    classifier(
      [
        ['Abs', ['image'], 'y'],
        ['Pow', ['y', 'p'], 'x'],
      ],
      192,
      { scalars: { p: 1.5 } },
    ),
  ],
  ['PRelu', classifier([['PRelu', ['image', 's'], 'x']], 192, { weights: { s: [3, 1, 1] } })],
  [
    'Clip',
    classifier([['Clip', ['image', 'least', 'most'], 'x']], 192, { scalars: { least: -0.5, most: 0.75 } }),
  ],
  [
    'BatchNormalization',
    classifier([...TOKENS, ['BatchNormalization', ['tokens', 'a', 'b', 'c', 'd'], 'x']], 192, {
      indices: JOINED,
      weights: { a: [64], b: [64], c: [64], d: [64] },
    }),
  ],
  [
    'InstanceNormalization',
    classifier([['InstanceNormalization', ['image', 'a', 'b'], 'x']], 192, { weights: { a: [3], b: [3] } }),
  ],
  [
    'LayerNormalization',
    classifier(
      [...TOKENS, ['LayerNormalization', ['tokens', 'a', 'b'], 'x', { epsilon: { real: 1e-3 } }]],
      192,
      {
        indices: JOINED,
        weights: { a: [3], b: [3] },
      },
    ),
  ],
  ['LRN', classifier([['LRN', ['image'], 'x', { size: 3, alpha: { real: 0.5 } }]], 192)],
  ['LpNormalization', classifier([['LpNormalization', ['image'], 'x', { axis: 1, p: 2 }]], 192)],
  ['Softmax', classifier([...TOKENS, ['Softmax', ['tokens'], 'x', { axis: 1 }]], 192, { indices: JOINED })],
  ['LogSoftmax', classifier([['LogSoftmax', ['image'], 'x', { axis: 2 }]], 192)],
  [
    'GlobalAveragePool',
    classifier(
      [
        ['Reshape', ['image', 'joined'], 'y'],
        ['GlobalAveragePool', ['y'], 'x'],
      ],
      3,
      { indices: JOINED },
    ),
  ],
  [
    'GlobalMaxPool',
    classifier(
      [
        ['Reshape', ['image', 'joined'], 'y'],
        ['Relu', ['y'], 'z'],
        ['GlobalMaxPool', ['z'], 'x'],
      ],
      3,
      { indices: JOINED },
    ),
  ],
  [
    'Concat',
    classifier(
      [...TOKENS, ['Exp', ['tokens'], 'y'], ['Concat', ['c', 'tokens', 'd', 'y'], 'x', { axis: 1 }]],
      396,
      {
        // For one image, as a class token is where nothing spreads it.
        input: [1, 3, 8, 8],
        indices: JOINED,
        weights: { c: [1, 1, 3], d: [1, 3, 3] },
      },
    ),
  ],
  [
    'Gather',
    classifier([...TOKENS, ['Gather', ['tokens', 'i'], 'x', { axis: 1 }]], 9, {
      indices: { ...JOINED, i: [3, -1, 3] },
    }),
  ],
  [
    'Slice',
    classifier([['Slice', ['image', 's', 'e', 'a', 't'], 'x']], 36, {
      indices: { s: [-1, 1], e: [-9223372036854776, 7], a: [2, 3], t: [-2, 2] },
    }),
  ],
  [
    'Pad',
    classifier([['Pad', ['image', 'p'], 'x', { mode: 'reflect' }]], 396, {
      indices: { p: [0, 0, 1, 2, 0, 0, 2, 2] },
    }),
  ],
  [
    'Reshape',
    classifier(
      [
        ['Reshape', ['image', 's'], 'y'],
        ['Softmax', ['y'], 'x', { axis: 1 }],
      ],
      192,
      { indices: { s: [-1, 8, 24] } },
    ),
  ],
  [
    'Transpose',
    classifier(
      [
        ['Transpose', ['image'], 'y', { perm: [2, 0, 3, 1] }],
        ['Softmax', ['y'], 'z', { axis: 0 }],
        ['Transpose', ['z'], 'x', { perm: [1, 0, 2, 3] }],
      ],
      192,
    ),
  ],
  [
    'DepthToSpace',
    classifier(
      [
        ['Concat', ['image', 'image', 'image', 'image'], 'y', { axis: 1 }],
        ['DepthToSpace', ['y'], 'x', { blocksize: 2, mode: 'CRD' }],
      ],
      768,
    ),
  ],
  ['SpaceToDepth', classifier([['SpaceToDepth', ['image'], 'x', { blocksize: 4 }]], 192)],
  [
    'MatMul',
    classifier(
      [
        ...TOKENS,
        ['Transpose', ['tokens'], 'turned', { perm: [0, 2, 1] }],
        ['MatMul', ['tokens', 'turned'], 'x'],
      ],
      4096,
      { indices: JOINED },
    ),
  ],
  [
    'Gemm',
    classifier(
      [
        ...TOKENS,
        ['Reshape', ['tokens', 'rows'], 'y'],
        ['Gemm', ['y', 'w', 'b'], 'z', { transB: 1, alpha: { real: 0.5 } }],
        ['Reshape', ['z', 'back'], 'x'],
      ],
      448,
      {
        indices: { ...JOINED, rows: [-1, 3], back: [-1, 64, 7] },
        weights: { w: [7, 3], b: [7] },
      },
    ),
  ],
  [
    'Conv',
    classifier([['Conv', ['image', 'k', 'b'], 'x', { dilations: [2, 2], pads: [2, 1, 2, 1] }]], 192, {
      weights: { k: [4, 3, 3, 3], b: [4] },
    }),
  ],
  [
    'ConvTranspose',
    classifier(
      [
        [
          'ConvTranspose',
          ['image', 'k'],
          'x',
          { strides: [2, 2], output_padding: [1, 1], pads: [1, 1, 1, 1] },
        ],
      ],
      1024,
      { weights: { k: [3, 4, 3, 3] } },
    ),
  ],
  [
    'Einsum',
    classifier([...TOKENS, ['Einsum', ['tokens', 'w'], 'x', { equation: 'btc, dc -> bdt' }]], 320, {
      indices: JOINED,
      weights: { w: [5, 3] },
    }),
  ],
];

for (const [operator, model] of CASES)
  test(`${operator} passes through and gives what the original gives`, async (t) => {
    await agrees(t, model);
  });

test('there is such a test of every operator that passes through', (t) => {
  t.deepEqual([...new Set(CASES.map(([name]) => name))].sort(), [...OPERATOR_NAMES].sort());
});

/** Multiply-accumulates by hand, those of the last matrix apart. */
const PRODUCTS: readonly (readonly [operator: string, macs: number])[] = [
  ['Conv', 4 * 6 * 8 * 3 * 9],
  // Every number of the input is multiplied by a window of each of the four filters.
  ['ConvTranspose', 3 * 64 * 4 * 9],
  ['Gemm', 64 * 3 * 7],
  ['MatMul', 64 * 64 * 3],
  ['Einsum', 64 * 3 * 5],
];
const LAST: Readonly<Record<string, number>> = {
  Conv: 192,
  ConvTranspose: 1024,
  Gemm: 448,
  MatMul: 4096,
  Einsum: 320,
};

for (const [operator, macs] of PRODUCTS)
  test(`${operator} is billed for each of its products`, async (t) => {
    const [, model] = CASES.find(([name]) => name === operator)!;
    const { graph } = await agrees(t, model);
    t.is(totalMacs(graph), macs + 5 * LAST[operator]!);
  });

const OTHER_VERSIONS: readonly (readonly [title: string, model: Buffer])[] = [
  ['Gelu of version 20', classifier([['Gelu', ['image'], 'x']], 192, { opset: 20 })],
  ['Gelu by tanh', classifier([['Gelu', ['image'], 'x', { approximate: 'tanh' }]], 192, { opset: 20 })],
  ['Mish of version 18', classifier([['Mish', ['image'], 'x']], 192, { opset: 18 })],
  [
    'ReduceMax with axes as an input, version 18',
    classifier([['ReduceMax', ['image', 'a'], 'x']], 64, { opset: 18, indices: { a: [1] } }),
  ],
  [
    'Pad of some axes, version 18',
    classifier([['Pad', ['image', 'p', '', 'a'], 'x']], 240, { opset: 18, indices: { p: [1, 1], a: [-1] } }),
  ],
  [
    'Softmax of version 11 over the last axis',
    classifier([['Softmax', ['image'], 'x', { axis: 3 }]], 192, { opset: 11 }),
  ],
  ['Clip of version 10', classifier([['Clip', ['image'], 'x', { max: { real: 1 } }]], 192, { opset: 10 })],
  [
    'Slice of version 9',
    classifier([['Slice', ['image'], 'x', { axes: [3], starts: [1], ends: [5] }]], 96, { opset: 9 }),
  ],
  [
    'Expand of a value',
    classifier(
      [
        ['GlobalAveragePool', ['image'], 'y'],
        ['Expand', ['y', 's'], 'x'],
      ],
      192,
      { indices: { s: [1, 3, 8, 8] } },
    ),
  ],
  [
    'Sum of three values',
    classifier(
      [
        ['Exp', ['image'], 'y'],
        ['Sum', ['image', 'y', 'w'], 'x'],
      ],
      192,
      { weights: { w: [8, 8] } },
    ),
  ],
];

const INSIDE: readonly (readonly [title: string, model: Buffer])[] = [
  [
    'a softmax of a vector inside the network',
    classifier(
      [
        ['GlobalAveragePool', ['image'], 'y'],
        ['Flatten', ['y'], 'z'],
        ['Softmax', ['z'], 'x'],
      ],
      3,
    ),
  ],
  ['a product of two feature maps', classifier([['Mul', ['image', 'image'], 'x']], 192)],
  [
    'a constant for every pixel',
    classifier([['Add', ['image', 'c'], 'x']], 192, { weights: { c: [3, 8, 8] } }),
  ],
  [
    'channels mixed with pixels by a Reshape',
    classifier([['Reshape', ['image', 's'], 'x']], 192, { indices: { s: [0, 8, 3, 8] } }),
  ],
  [
    'a mean over height alone',
    classifier(
      [
        ['ReduceMean', ['image'], 'y', { axes: [2] }],
        ['Relu', ['y'], 'x'],
      ],
      24,
    ),
  ],
  ['a mean over channels and height', classifier([['ReduceMean', ['image'], 'x', { axes: [1, 2] }]], 8)],
];

for (const [pool, attributes] of [
  ['AveragePool', { count_include_pad: 1, pads: [1, 1, 1, 1] }],
  ['MaxPool', { strides: [2, 1] }],
] as const)
  test(`${pool} of an image that came back from tokens gives what the original gives`, async (t) => {
    const nodes: readonly Node[] = [
      ...TOKENS,
      ['Softmax', ['tokens'], 'y', { axis: 1 }],
      ['Reshape', ['y', 'rows'], 'rows-last'],
      ['Transpose', ['rows-last'], 'back', { perm: [0, 3, 1, 2] }],
      [pool, ['back'], 'x', { kernel_shape: [3, 3], ...attributes }],
    ];
    const features = pool === 'MaxPool' ? 3 * 3 * 6 : 192;
    await agrees(t, classifier(nodes, features, { indices: { ...JOINED, rows: [0, 8, 8, 3] } }));
  });

test('an operator that is not run, of constants alone, is one that onnxsim folds', async (t) => {
  const nodes: readonly Node[] = [
    ['Hardmax', ['w'], 'folded'],
    ['Mul', ['image', 'folded'], 'x'],
  ];
  t.is(
    await refusalOfModel(classifier(nodes, 192, { weights: { w: [3, 8, 8] } })),
    'The node folded (Hardmax) of model.onnx is an operator that cascade does not run, and reads constants alone; fold constants first, e.g. with onnxsim.',
  );
});

test('features flattened with their channels last and then split up give what the original gives', async (t) => {
  const nodes: readonly Node[] = [
    ['Transpose', ['image'], 'turned', { perm: [0, 2, 3, 1] }],
    ['Flatten', ['turned'], 'y'],
    ['Reshape', ['y', 'rows'], 'z'],
    ['Softmax', ['z'], 'x', { axis: 2 }],
  ];
  await agrees(t, classifier(nodes, 192, { indices: { rows: [0, 8, 24] } }));
});

test('an attention by a learned query gives what the original gives, its own product made once', async (t) => {
  const nodes: readonly Node[] = [
    ...TOKENS,
    ['MatMul', ['query', 'w'], 'q'],
    ['Transpose', ['tokens'], 'keys', { perm: [0, 2, 1] }],
    ['MatMul', ['q', 'keys'], 'scores'],
    ['Softmax', ['scores'], 'shares', { axis: -1 }],
    ['MatMul', ['shares', 'tokens'], 'x'],
  ];
  const weights = { query: [1, 2, 4], w: [4, 3] };
  const { graph } = await agrees(t, classifier(nodes, 6, { indices: JOINED, weights }));
  t.is(totalMacs(graph), 2 * (2 * 3 * 64) + 6 * 5);
});

test('numbers picked from the list of a file for one image are those of each image', async (t) => {
  const nodes: readonly Node[] = [
    ['Reshape', ['image', 'all'], 'list'],
    ['Reshape', ['places', 'shape'], 'shaped'],
    ['Gather', ['list', 'shaped'], 'x'],
  ];
  const indices = { all: [-1], places: [0, 5, 191, 7], shape: [1, 2, 2] };
  await agrees(t, classifier(nodes, 4, { input: [1, 3, 8, 8], indices }));
});

for (const [title, model] of INSIDE)
  test(`${title} gives what the original gives`, async (t) => {
    await agrees(t, model);
  });

for (const [title, model] of OTHER_VERSIONS)
  test(`${title} gives what the original gives`, async (t) => {
    await agrees(t, model);
  });

const MIXING: readonly (readonly [title: string, nodes: readonly Node[], more?: Partial<TestModel>])[] = [
  ['a softmax over the images', [['Softmax', ['image'], 'x', { axis: 0 }]]],
  ['a mean over the images', [['ReduceMax', ['image'], 'x', { axes: [0] }]]],
  ['images picked from a batch', [['Gather', ['image', 'i'], 'x']], { indices: { i: [0] } }],
  [
    'images in the opposite order',
    [['Slice', ['image', 's', 'e', 'a', 't'], 'x']],
    { indices: { s: [-1], e: [-99], a: [0], t: [-1] } },
  ],
  [
    'an image beside the batch',
    [['Concat', ['image', 'c'], 'x', { axis: 0 }]],
    { weights: { c: [1, 3, 8, 8] } },
  ],
  [
    'a product of the images with one another',
    [
      ['Flatten', ['image'], 'y'],
      ['Transpose', ['y'], 'z', { perm: [1, 0] }],
      ['MatMul', ['y', 'z'], 'x'],
    ],
  ],
];

const REFUSED =
  /^(The node|model\.onnx holds a network that does not fit together: The node) .*mixes the images of a batch|needs the images first/;

for (const [title, nodes, more] of MIXING)
  test(`${title}: refused, since an exit must not depend on the other images of a batch`, async (t) => {
    t.regex(String(await refusalOfModel(classifier(nodes, 192, more))), REFUSED);
  });

for (const operator of ['LSTM', 'GRU', 'RNN', 'If', 'Loop', 'Scan', 'NonMaxSuppression'])
  test(`${operator} is refused by name`, async (t) => {
    t.is(
      await refusalOfModel(classifier([[operator, ['image'], 'x']], 192)),
      `The node x (${operator}) of model.onnx is an operator that cascade does not run; export the network without it.`,
    );
  });
