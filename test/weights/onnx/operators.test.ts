import test from 'ava';
import type { GraphNode } from '../../../lib/network/graph.js';
import { agrees, encodeModel, type Node, type TestModel } from './onnx-models.js';

interface Case extends TestModel {
  /** Kinds of the network's nodes, where a case stands for how it is expressed. */
  readonly kinds?: readonly GraphNode['kind'][];
  /** The original puts out probabilities. */
  readonly adapt?: (logits: Float32Array) => Float32Array;
}

/** From feature maps called `x` to the logits. */
const POOLED: readonly Node[] = [
  ['GlobalAveragePool', ['x'], 'pooled'],
  ['Flatten', ['pooled'], 'logits'],
];
/** From feature maps of 3×8×8 called `x` to logits that tell where something was. */
const SEEN: readonly Node[] = [
  ['Flatten', ['x'], 'flat'],
  ['MatMul', ['flat', 'w'], 'logits'],
];
const SEEN_WEIGHTS = { w: [192, 5] };

const CONVOLUTION = { k: [4, 3, 3, 3] };

const CASES: Readonly<Record<string, Case>> = {
  'a convolution with uneven padding and strides': {
    nodes: [['Conv', ['image', 'k', 'b'], 'x', { pads: [0, 1, 2, 0], strides: [2, 1] }], ...POOLED],
    weights: { ...CONVOLUTION, b: [4] },
  },
  'a convolution with auto_pad SAME_UPPER at stride 2': {
    nodes: [['Conv', ['image', 'k'], 'x', { auto_pad: 'SAME_UPPER', strides: [2, 2] }], ...POOLED],
    weights: CONVOLUTION,
  },
  'a convolution with auto_pad SAME_LOWER at stride 2': {
    nodes: [['Conv', ['image', 'k'], 'x', { auto_pad: 'SAME_LOWER', strides: [2, 2] }], ...POOLED],
    weights: CONVOLUTION,
  },
  'a convolution with auto_pad VALID': {
    nodes: [['Conv', ['image', 'k'], 'x', { auto_pad: 'VALID' }], ...POOLED],
    weights: CONVOLUTION,
  },
  'a convolution after a global pool becomes a fully connected layer': {
    nodes: [
      ['GlobalAveragePool', ['image'], 'pooled'],
      ['Conv', ['pooled', 'k', 'b'], 'scores'],
      ['Flatten', ['scores'], 'logits'],
    ],
    weights: { k: [4, 3, 1, 1], b: [4] },
    kinds: ['global-average-pool', 'linear'],
  },
  'padding before a convolution becomes part of it': {
    nodes: [
      ['Pad', ['image', 'p'], 'padded'],
      ['Conv', ['padded', 'k'], 'x', { pads: [1, 1, 1, 1] }],
      ...POOLED,
    ],
    weights: CONVOLUTION,
    indices: { p: [0, 0, 1, 2, 0, 0, 0, 1] },
    kinds: ['convolution', 'global-average-pool'],
  },
  'rows, columns and channels of zeros at once, as older operator sets write them': {
    nodes: [
      ['Pad', ['image'], 'padded', { pads: [0, 2, 1, 0, 0, 1, 0, 1] }],
      ['Flatten', ['padded'], 'flat'],
      ['MatMul', ['flat', 'w'], 'logits'],
    ],
    weights: { w: [6 * 9 * 9, 5] },
    opset: 10,
    kinds: ['pad', 'pad-channels', 'flatten', 'linear'],
  },
  'channels joined with zeros that shape arithmetic makes': {
    nodes: [
      ['Shape', ['image'], 'shape'],
      ['Gather', ['shape', 'first'], 'images', { axis: 0 }],
      ['Concat', ['images', 'rest'], 'sizes', { axis: 0 }],
      ['ConstantOfShape', ['sizes'], 'zeros'],
      ['Concat', ['zeros', 'image', 'zeros'], 'wide', { axis: 1 }],
      ['Conv', ['wide', 'k'], 'x'],
      ...POOLED,
    ],
    weights: { k: [4, 7, 3, 3] },
    indices: { first: [0], rest: [2, 8, 8] },
    kinds: ['pad-channels', 'convolution', 'global-average-pool'],
  },
  'alpha and beta of a Gemm without transposition': {
    nodes: [
      ['Flatten', ['image'], 'flat'],
      ['Gemm', ['flat', 'w', 'b'], 'logits', { alpha: { real: 0.5 }, beta: { real: 3 } }],
    ],
    weights: { w: [192, 5], b: [1, 5] },
    kinds: ['flatten', 'linear'],
  },
  'MatMul and Add become one fully connected layer': {
    nodes: [
      ['Flatten', ['image'], 'flat'],
      ['MatMul', ['flat', 'w'], 'product'],
      ['Add', ['b', 'product'], 'logits'],
    ],
    weights: { w: [192, 5], b: [5] },
    kinds: ['flatten', 'linear'],
  },
  'batch normalisation of an image and of a vector': {
    nodes: [
      ['BatchNormalization', ['image', 's', 'b', 'm', 'v'], 'x', { epsilon: { real: 0.01 } }],
      ['Flatten', ['x'], 'flat'],
      ['MatMul', ['flat', 'w'], 'product'],
      ['BatchNormalization', ['product', 's5', 'b5', 'm5', 'v5'], 'logits'],
    ],
    weights: { s: [3], b: [3], m: [3], v: [3], s5: [5], b5: [5], m5: [5], v5: [5], ...SEEN_WEIGHTS },
    opset: 9,
  },
  'a normalisation of the image by arithmetic becomes one scale and shift a channel': {
    nodes: [
      ['Sub', ['image', 'm'], 'centred'],
      ['Div', ['centred', 's'], 'scaled'],
      ['Mul', ['scaled', 'scalar'], 'doubled'],
      ['Sub', ['m', 'doubled'], 'x'],
      ...SEEN,
    ],
    weights: { m: [1, 3, 1, 1], s: [3, 1, 1], scalar: [], ...SEEN_WEIGHTS },
    kinds: ['affine', 'flatten', 'linear'],
  },
  'arithmetic behind a convolution with one reader becomes part of it': {
    nodes: [
      ['Conv', ['image', 'k', 'b'], 'y'],
      ['Mul', ['y', 's'], 'z'],
      ['Add', ['z', 's'], 'x'],
      ...POOLED,
    ],
    weights: { ...CONVOLUTION, b: [4], s: [4, 1, 1] },
    kinds: ['convolution', 'global-average-pool'],
  },
  'arithmetic behind a convolution with two readers stays by itself': {
    nodes: [['Conv', ['image', 'k'], 'y'], ['Mul', ['y', 's'], 'z'], ['Sum', ['z', 'y'], 'x'], ...POOLED],
    weights: { ...CONVOLUTION, s: [4, 1, 1] },
    kinds: ['convolution', 'affine', 'add', 'global-average-pool'],
  },
  'Clip at 0 and 6 by attributes is ReLU6': {
    nodes: [
      ['Mul', ['image', 's'], 'y'],
      ['Clip', ['y'], 'x', { min: { real: 0 }, max: { real: 6 } }],
      ...SEEN,
    ],
    weights: { s: [3, 1, 1], ...SEEN_WEIGHTS },
    opset: 7,
    kinds: ['affine', 'relu6', 'flatten', 'linear'],
  },
  'Clip at 0 alone is ReLU': {
    nodes: [['Clip', ['image'], 'x', { min: { real: 0 } }], ...SEEN],
    weights: SEEN_WEIGHTS,
    opset: 7,
    kinds: ['relu', 'flatten', 'linear'],
  },
  'pools whose last window is only begun': {
    nodes: [
      ['MaxPool', ['image'], 'y', { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }],
      ['AveragePool', ['y'], 'z', { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }],
      ['Flatten', ['z'], 'flat'],
      ['MatMul', ['flat', 'w'], 'logits'],
    ],
    weights: { w: [3 * 2 * 2, 5] },
  },
  'pools whose last window would begin in the padding or behind it, and is left out': {
    nodes: [
      [
        'MaxPool',
        ['image'],
        'y',
        { kernel_shape: [3, 2], strides: [2, 3], ceil_mode: 1, pads: [1, 0, 0, 1] },
      ],
      ['AveragePool', ['y'], 'x', { kernel_shape: [2, 2], strides: [3, 3], ceil_mode: 1 }],
      ...POOLED,
    ],
  },
  'an average pool that counts its padding': {
    nodes: [
      ['AveragePool', ['image'], 'x', { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 }],
      ...SEEN,
    ],
    weights: SEEN_WEIGHTS,
    kinds: ['pad', 'average-pool', 'flatten', 'linear'],
  },
  'a global maximum': {
    nodes: [
      ['GlobalMaxPool', ['image'], 'y'],
      ['Squeeze', ['y'], 'logits', { axes: [2, 3] }],
    ],
    opset: 11,
    kinds: ['max-pool', 'flatten'],
  },
  'a mean over height and width whose axes are an attribute': {
    nodes: [['ReduceMean', ['image'], 'logits', { axes: [-1, -2], keepdims: 0 }]],
    kinds: ['global-average-pool'],
  },
  'a mean over height and width whose axes are an input': {
    nodes: [
      ['ReduceMean', ['image', 'a'], 'y'],
      ['Reshape', ['y', 's'], 'logits'],
    ],
    indices: { a: [2, 3], s: [0, -1] },
    opset: 18,
  },
  'axes of size one that go and come': {
    nodes: [
      ['GlobalAveragePool', ['image'], 'a'],
      ['Squeeze', ['a', 'last'], 'b'],
      ['Squeeze', ['b', 'last'], 'c'],
      ['Unsqueeze', ['c', 'two'], 'd'],
      ['Relu', ['d'], 'e'],
      ['Squeeze', ['e', 'two'], 'logits'],
    ],
    indices: { last: [-1], two: [2, 3] },
    kinds: ['global-average-pool', 'relu'],
  },
  'a Reshape whose sizes are computed from the shape': {
    nodes: [
      ['Shape', ['image'], 'shape'],
      ['Slice', ['shape', 'one', 'end'], 'rest'],
      ['ReduceProd', ['rest'], 'features'],
      ['Slice', ['shape', 'zero', 'one'], 'images'],
      ['Concat', ['images', 'features'], 'sizes', { axis: 0 }],
      ['Reshape', ['image', 'sizes'], 'flat'],
      ['MatMul', ['flat', 'w'], 'logits'],
    ],
    weights: SEEN_WEIGHTS,
    indices: { zero: [0], one: [1], end: [2 ** 31 - 1] },
    kinds: ['flatten', 'linear'],
  },
  'an image with its channels last, flattened so': {
    nodes: [
      ['Transpose', ['image'], 'first', { perm: [0, 3, 1, 2] }],
      ['Conv', ['first', 'k'], 'y', { auto_pad: 'SAME_UPPER' }],
      ['Transpose', ['y'], 'last', { perm: [0, 2, 3, 1] }],
      ['Add', ['last', 'b'], 'z'],
      ['Reshape', ['z', 's'], 'flat'],
      ['Mul', ['flat', 'f'], 'scaled'],
      ['MatMul', ['scaled', 'w'], 'logits'],
    ],
    weights: { ...CONVOLUTION, b: [4], f: [192], w: [192, 5] },
    indices: { s: [-1, 192] },
    input: [0, 8, 6, 3],
    kinds: ['convolution', 'flatten', 'affine', 'linear'],
  },
  'an image of one channel, last, put first by a Reshape': {
    nodes: [['Reshape', ['image', 's'], 'first'], ['Conv', ['first', 'k'], 'x'], ...POOLED],
    weights: { k: [4, 1, 3, 3] },
    indices: { s: [-1, 1, 9, 7] },
    input: [0, 9, 7, 1],
    kinds: ['convolution', 'global-average-pool'],
  },
  'a mean over the pixels of an image with its channels last': {
    nodes: [
      ['ReduceMean', ['image'], 'pooled', { axes: [1, 2], keepdims: 0 }],
      ['Gemm', ['pooled', 'w'], 'logits', { transB: 1 }],
    ],
    weights: { w: [5, 3] },
    input: [0, 9, 7, 3],
  },
  'every other row and third column': {
    nodes: [
      ['Slice', ['image', 'zero', 'end', 'two', 'two'], 'rows'],
      ['Slice', ['rows', 'zero', 'end', 'three', 'three'], 'x'],
      ['Flatten', ['x'], 'flat'],
      ['Gemm', ['flat', 'w'], 'logits', { transB: 1 }],
    ],
    weights: { w: [5, 3 * 4 * 3] },
    indices: { zero: [0], end: [2 ** 31 - 1], two: [2], three: [3] },
    kinds: ['strided-slice', 'strided-slice', 'flatten', 'linear'],
  },
  'weights that are transposed in the file': {
    nodes: [
      ['Transpose', ['w'], 'turned'],
      ['Flatten', ['image'], 'flat'],
      ['MatMul', ['flat', 'turned'], 'logits'],
    ],
    weights: { w: [5, 192] },
  },
  'sizes of an image that are left open': {
    nodes: [['Conv', ['image', 'k'], 'x'], ...POOLED],
    weights: CONVOLUTION,
    input: [0, 3, 0, 0],
  },
  'a softmax at the end, left out': {
    nodes: [
      ['Flatten', ['image'], 'flat'],
      ['MatMul', ['flat', 'w'], 'scores'],
      ['Softmax', ['scores'], 'p'],
      ['Identity', ['p'], 'logits'],
    ],
    weights: SEEN_WEIGHTS,
    adapt: softmax,
  },
  'Dropout, Identity and Cast, left out': {
    nodes: [['Identity', ['image'], 'a'], ['Dropout', ['a'], 'b'], ['Cast', ['b'], 'x', { to: 1 }], ...SEEN],
    weights: SEEN_WEIGHTS,
    opset: 11,
    kinds: ['flatten', 'linear'],
  },
};

for (const [title, { kinds, adapt, ...model }] of Object.entries(CASES)) {
  test(`${title}: gives what ONNX Runtime gives`, async (t) => {
    const { graph } = await agrees(t, encodeModel(model), adapt && { adapt });
    if (kinds)
      t.deepEqual(
        graph.nodes.map(({ kind }) => kind),
        kinds,
      );
  });
}

function softmax(logits: Float32Array): Float32Array {
  const powers = logits.map((value) => Math.exp(value - Math.max(...logits)));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}
