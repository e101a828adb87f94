import test from 'ava';
import { totalMacs } from '../../../lib/network/macs.js';
import { agrees, classifier, type Node, refusalOfModel } from './onnx-models.js';

/** The image as 64 tokens of 12 numbers. */
const TOKENS: readonly Node[] = [
  ['Reshape', ['image', 'joined'], 'joined-image'],
  ['Transpose', ['joined-image'], 'pixels', { perm: [0, 2, 1] }],
  ['MatMul', ['pixels', 'widening'], 'tokens'],
];
const JOINED = { indices: { joined: [0, 3, 64] } };
const WIDENING = { widening: [3, 12] };

const QUERIES: readonly Node[] = ['q', 'k', 'v'].map((name) => ['MatMul', ['tokens', `to-${name}`], name]);
const PROJECTIONS = { ...WIDENING, 'to-q': [12, 12], 'to-k': [12, 12], 'to-v': [12, 8] };

function ofTokens(
  nodes: readonly Node[],
  width: number,
  weights: Readonly<Record<string, readonly number[]>> = {},
): Buffer {
  return classifier([...TOKENS, ...nodes], 64 * width, { ...JOINED, weights: { ...WIDENING, ...weights } });
}

const FUSED: readonly (readonly [title: string, model: Buffer])[] = [
  ['Gelu', ofTokens([['com.microsoft:Gelu', ['tokens'], 'x']], 12)],
  ['BiasGelu', ofTokens([['com.microsoft:BiasGelu', ['tokens', 'b'], 'x']], 12, { b: [12] })],
  ['FastGelu with a bias', ofTokens([['com.microsoft:FastGelu', ['tokens', 'b'], 'x']], 12, { b: [12] })],
  ['QuickGelu', ofTokens([['com.microsoft:QuickGelu', ['tokens'], 'x', { alpha: { real: 1.5 } }]], 12)],
  [
    'FusedConv with what it adds and an activation',
    classifier(
      [
        ['Conv', ['image', 'w'], 'skip', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }],
        [
          'com.microsoft:FusedConv',
          ['image', 'w', 'b', 'skip'],
          'x',
          { kernel_shape: [3, 3], pads: [1, 1, 1, 1], activation: 'Relu' },
        ],
      ],
      256,
      { weights: { w: [4, 3, 3, 3], b: [4] } },
    ),
  ],
  ...(
    [
      ['HardSigmoid', [0.1, 0.4]],
      ['LeakyRelu', [0.2]],
      ['Clip', [-1, 2]],
    ] as const
  ).map(
    ([activation, reals]) =>
      [
        `FusedConv with ${activation}`,
        classifier(
          [
            [
              'com.microsoft:FusedConv',
              ['image', 'w'],
              'x',
              { kernel_shape: [3, 3], strides: [2, 2], activation, activation_params: { reals } },
            ],
          ],
          36,
          { weights: { w: [4, 3, 3, 3] } },
        ),
      ] as const,
  ),
  [
    'FusedGemm',
    classifier(
      [
        ['Flatten', ['image'], 'y'],
        [
          'com.microsoft:FusedGemm',
          ['y', 'w', 'b'],
          'x',
          { transB: 1, activation: 'LeakyRelu', activation_alpha: { real: 0.3 } },
        ],
      ],
      7,
      { weights: { w: [7, 192], b: [7] } },
    ),
  ],
  [
    'FusedMatMul of two values, one transposed',
    ofTokens(
      [
        ['MatMul', ['tokens', 'w'], 'y'],
        ['com.microsoft:FusedMatMul', ['tokens', 'y'], 'x', { transB: 1, alpha: { real: 0.25 } }],
      ],
      64,
      { w: [12, 12] },
    ),
  ],
  [
    'SkipLayerNormalization whose sum goes on',
    ofTokens(
      [
        ['Tanh', ['tokens'], 'skip'],
        ['com.microsoft:SkipLayerNormalization', ['tokens', 'skip', 'a', 'b', 'c'], 'y,,,sum', {}],
        ['Mul', ['y', 'sum'], 'x'],
      ],
      12,
      { a: [12], b: [12], c: [12] },
    ),
  ],
  [
    'MultiHeadAttention with biases',
    ofTokens(
      [...QUERIES, ['com.microsoft:MultiHeadAttention', ['q', 'k', 'v', 'b'], 'x', { num_heads: 2 }]],
      8,
      { ...PROJECTIONS, b: [32] },
    ),
  ],
  [
    'MultiHeadAttention with what is added to its scores, and a scale of its own',
    ofTokens(
      [
        ...QUERIES,
        [
          'com.microsoft:MultiHeadAttention',
          ['q', 'k', 'v', '', '', 'added'],
          'x',
          { num_heads: 2, scale: { real: 0.125 } },
        ],
      ],
      8,
      { ...PROJECTIONS, added: [1, 2, 64, 64] },
    ),
  ],
  [
    'Attention',
    ofTokens([['com.microsoft:Attention', ['tokens', 'w', 'b'], 'x', { num_heads: 3 }]], 12, {
      w: [12, 36],
      b: [36],
    }),
  ],
];

for (const [title, model] of FUSED)
  test(`${title}, as ONNX Runtime's optimisers write it, gives what the original gives`, async (t) => {
    await agrees(t, model);
  });

test('the products of a fused attention are counted: projections, scores and what they weigh', async (t) => {
  const [, model] = FUSED.find(([title]) => title === 'Attention')!;
  const { graph } = await agrees(t, model);
  const [tokens, width] = [64, 12];
  const [widening, last] = [tokens * 3 * width, tokens * width * 5];
  t.is(totalMacs(graph), widening + tokens * width * 3 * width + 2 * tokens ** 2 * width + last);
});

const NAMES = ['Attention', 'BiasGelu', 'FastGelu', 'FusedConv', 'FusedGemm', 'FusedMatMul', 'Gelu'];

for (const name of [...NAMES, 'MultiHeadAttention', 'QuickGelu', 'SkipLayerNormalization'])
  test(`${name} without its inputs is refused in a sentence`, async (t) => {
    for (const inputs of [[], [''], ['tokens'], ['tokens', '', 'w']])
      for (const output of ['x', ',x']) {
        const node: Node = [`com.microsoft:${name}`, inputs, output, { num_heads: 2, transA: 1, transB: 1 }];
        const refusal = await refusalOfModel(ofTokens([node], 12, { w: [5, 7] }));
        const isWhole = name.endsWith('Gelu') && inputs[0] === 'tokens' && output === 'x';
        if (!isWhole) t.regex(refusal!, /^(The node|model\.onnx) .*\.$/);
      }
  });

const ELSEWHERE: readonly (readonly [node: Node, refusal: string])[] = [
  [
    ['com.microsoft:Attention', ['tokens', 'w', 'b'], 'x', { num_heads: 3, unidirectional: 1 }],
    "The node x (Attention) of model.onnx is an operator of com.microsoft, where cascade only runs ONNX's own; give the file from before ONNX Runtime optimised or quantised it.",
  ],
  [
    ['com.microsoft.nchwc:Conv', ['tokens', 'w'], 'x'],
    "The node x (Conv) of model.onnx is an operator of com.microsoft.nchwc, where cascade only runs ONNX's own; give the file from before ONNX Runtime optimised or quantised it.",
  ],
  [
    ['mine:Conv', ['tokens', 'w'], 'x'],
    "The node x (Conv) of model.onnx is an operator of mine, where cascade only runs ONNX's own; export the network without it.",
  ],
  [
    ['pkg.onnxscript.torch_lib:aten_gelu', ['tokens'], 'x'],
    "The node x (aten_gelu) of model.onnx is an operator of pkg.onnxscript.torch_lib, where cascade only runs ONNX's own; write out its functions with onnx.inliner.inline_local_functions.",
  ],
  ...['QuantizeLinear', 'DequantizeLinear', 'MatMulInteger', 'QLinearConv'].map(
    (operator): readonly [Node, string] => [
      [operator, ['tokens', 'w'], 'x'],
      `The node x (${operator}) of model.onnx is an operator of quantised networks, which cascade does not run; give the file from before it was quantised.`,
    ],
  ),
];

for (const [node, refusal] of ELSEWHERE)
  test(`${node[0]} is refused by name, and what to do`, async (t) => {
    t.is(await refusalOfModel(ofTokens([node], 12, { w: [12, 36], b: [36] })), refusal);
  });
