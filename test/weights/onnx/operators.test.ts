import test from 'ava';
import type { GraphNode } from '../../../lib/network/graph.js';
import { agrees, encodeModel, type Node, type TestModel } from './onnx-models.js';

interface Case extends TestModel {
  /** Kinds of the network's nodes, where a case stands for how it is expressed. */
  readonly kinds?: readonly GraphNode['kind'][];
  /** The channels come last although the input's shape does not tell. */
  readonly isChannelsLast?: boolean;
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
  'a mean over height, then width': {
    nodes: [
      ['ReduceMean', ['image'], 'rows', { axes: [2], keepdims: 0 }],
      ['ReduceMean', ['rows'], 'logits', { axes: [2], keepdims: 0 }],
    ],
    kinds: ['global-average-pool'],
  },
  'a mean over width, then height, whose axes are inputs and stay': {
    nodes: [
      ['ReduceMean', ['image', 'last'], 'columns'],
      ['ReduceMean', ['columns', 'third'], 'both'],
      ['Flatten', ['both'], 'logits'],
    ],
    indices: { last: [-1], third: [2] },
    opset: 18,
    kinds: ['global-average-pool'],
  },
  'a mean over width, whose axis stays, squeezed and transposed before that over height': {
    nodes: [
      ['ReduceMean', ['image'], 'a', { axes: [3] }],
      ['Squeeze', ['a', 'last'], 'b'],
      ['Transpose', ['b'], 'c', { perm: [0, 2, 1] }],
      ['ReduceMean', ['c'], 'logits', { axes: [1], keepdims: 0 }],
    ],
    indices: { last: [-1] },
    kinds: ['global-average-pool'],
  },
  'a mean over rows and columns joined in one axis': {
    nodes: [
      ['Reshape', ['image', 's'], 'joined'],
      ['ReduceMean', ['joined'], 'logits', { axes: [2], keepdims: 0 }],
    ],
    indices: { s: [0, 3, -1] },
    kinds: ['global-average-pool'],
  },
  'a mean over rows and columns joined and put before the channels': {
    nodes: [
      ['Reshape', ['image', 's'], 'joined'],
      ['Transpose', ['joined'], 'turned', { perm: [0, 2, 1] }],
      ['ReduceMean', ['turned'], 'logits', { axes: [1], keepdims: 0 }],
    ],
    indices: { s: [0, 0, 64] },
    kinds: ['global-average-pool'],
  },
  'rows and columns joined and parted again': {
    nodes: [
      ['Reshape', ['image', 's'], 'joined'],
      ['Transpose', ['joined'], 'turned', { perm: [0, 2, 1] }],
      ['Reshape', ['turned', 'r'], 'last'],
      ['Transpose', ['last'], 'first', { perm: [0, 3, 1, 2] }],
      ['Conv', ['first', 'k'], 'x'],
      ...POOLED,
    ],
    weights: CONVOLUTION,
    indices: { s: [0, 3, -1], r: [0, 8, 8, 3] },
    kinds: ['convolution', 'global-average-pool'],
  },
  'rows and columns joined, turned and then flattened': {
    nodes: [
      ['Reshape', ['image', 's'], 'joined'],
      ['Transpose', ['joined'], 'x', { perm: [0, 2, 1] }],
      ...SEEN,
    ],
    weights: SEEN_WEIGHTS,
    indices: { s: [0, 3, -1] },
    kinds: ['flatten', 'linear'],
  },
  'a sum over the pixels, divided by their number': {
    nodes: [
      ['ReduceSum', ['image', 'a'], 'sum'],
      ['Div', ['sum', 'n'], 'mean'],
      ['Flatten', ['mean'], 'logits'],
    ],
    indices: { a: [2, 3] },
    scalars: { n: 64 },
    kinds: ['global-average-pool'],
  },
  'a sum over width and a mean over height': {
    nodes: [
      ['ReduceSum', ['image'], 'sum', { axes: [3], keepdims: 0 }],
      ['ReduceMean', ['sum'], 'logits', { axes: [2], keepdims: 0 }],
    ],
    opset: 11,
    kinds: ['global-average-pool', 'affine'],
  },
  'an average pool over the whole image, flattened': {
    nodes: [
      ['AveragePool', ['image'], 'pooled', { kernel_shape: [8, 8] }],
      ['Flatten', ['pooled'], 'logits'],
    ],
    kinds: ['global-average-pool'],
  },
  'an average pool over the whole image before a padded convolution': {
    nodes: [
      ['AveragePool', ['image'], 'a', { kernel_shape: [8, 8] }],
      ['Conv', ['a', 'k'], 'x', { pads: [1, 1, 1, 1] }],
      ...POOLED,
    ],
    weights: CONVOLUTION,
    kinds: ['average-pool', 'convolution', 'global-average-pool'],
  },
  'a global pool squeezed, and one of what was pooled before': {
    nodes: [
      ['GlobalAveragePool', ['image'], 'a'],
      ['GlobalAveragePool', ['a'], 'b'],
      ['ReduceMean', ['b'], 'c', { axes: [2, 3] }],
      ['Squeeze', ['c'], 'logits', { axes: [2, 3] }],
    ],
    opset: 11,
    kinds: ['global-average-pool'],
  },
  'pixels 0 … 255 normalised in the file': {
    nodes: [
      ['Cast', ['image'], 'a', { to: 1 }],
      ['Div', ['a', 'full'], 'b'],
      ['Sub', ['b', 'm'], 'c'],
      ['Div', ['c', 's'], 'x'],
      ...SEEN,
    ],
    weights: { m: [1, 3, 1, 1], s: [3, 1, 1], ...SEEN_WEIGHTS },
    scalars: { full: 255 },
    inputType: 'uint8',
    kinds: ['affine', 'flatten', 'linear'],
  },
  'pixels 0 … 255, channels last, turned before they are real numbers and normalised after': {
    nodes: [
      ['Transpose', ['image'], 'a', { perm: [0, 3, 1, 2] }],
      ['Cast', ['a'], 'b', { to: 1 }],
      ['Mul', ['s', 'b'], 'c'],
      ['Add', ['c', 'm'], 'd'],
      ['Conv', ['d', 'k'], 'x'],
      ...POOLED,
    ],
    weights: { m: [3, 1, 1], s: [3, 1, 1], ...CONVOLUTION },
    input: [0, 8, 8, 3],
    inputType: 'uint8',
    kinds: ['affine', 'convolution', 'global-average-pool'],
  },
  'pixels 0 … 255, channels last, normalised before they are turned': {
    nodes: [
      ['Cast', ['image'], 'a', { to: 1 }],
      ['Sub', ['a', 'm'], 'b'],
      ['Div', ['b', 's'], 'c'],
      ['Transpose', ['c'], 'd', { perm: [0, 3, 1, 2] }],
      ['Conv', ['d', 'k'], 'x'],
      ...POOLED,
    ],
    weights: { m: [3], s: [1, 1, 1, 3], ...CONVOLUTION },
    input: [0, 8, 8, 3],
    inputType: 'int32',
    kinds: ['affine', 'convolution', 'global-average-pool'],
  },
  'nodes in no order': {
    nodes: [
      ['MatMul', ['flat', 'w'], 'logits'],
      ['Flatten', ['x'], 'flat'],
      ['Add', ['a', 'b'], 'x'],
      ['Relu', ['a'], 'b'],
      ['Relu', ['image'], 'a'],
    ],
    weights: SEEN_WEIGHTS,
    kinds: ['relu', 'relu', 'add', 'flatten', 'linear'],
  },
  'channels that only the first convolution tells': {
    nodes: [['Conv', ['image', 'k'], 'x'], ...POOLED],
    weights: CONVOLUTION,
    input: [0, 0, 0, 0],
  },
  'channels that only a grouped convolution behind padding and a pool tells': {
    nodes: [
      ['Relu', ['image'], 'a'],
      ['Pad', ['a', 'p'], 'b'],
      ['MaxPool', ['b'], 'c', { kernel_shape: [2, 2] }],
      ['Conv', ['c', 'k'], 'x', { group: 2 }],
      ...POOLED,
    ],
    weights: { k: [4, 3, 3, 3] },
    indices: { p: [0, 0, 1, 1, 0, 0, 1, 1] },
    input: [0, 0, 9, 7],
  },
  'channels that only a batch normalisation tells': {
    nodes: [['BatchNormalization', ['image', 'v', 'v', 'v', 'v'], 'x'], ...POOLED],
    weights: { v: [3] },
    input: [0, 0, 9, 7],
  },
  'an image of open sizes whose channels a Transpose shows to be last': {
    nodes: [
      ['Cast', ['image'], 'a', { to: 1 }],
      ['Div', ['a', 'full'], 'b'],
      ['Transpose', ['b'], 'c', { perm: [0, 3, 1, 2] }],
      ['Conv', ['c', 'k'], 'x'],
      ...POOLED,
    ],
    weights: CONVOLUTION,
    scalars: { full: 255 },
    input: [0, 0, 0, 0],
    inputType: 'uint8',
    isChannelsLast: true,
  },
  'channels joined with 2.4 million zeros by ConstantOfShape': {
    nodes: [
      ['Shape', ['image'], 'shape'],
      ['Gather', ['shape', 'first'], 'images', { axis: 0 }],
      ['Concat', ['images', 'rest'], 'sizes', { axis: 0 }],
      ['ConstantOfShape', ['sizes'], 'zeros'],
      ['Concat', ['image', 'zeros'], 'wide', { axis: 1 }],
      ['Conv', ['wide', 'k'], 'x', { strides: [64, 64] }],
      ...POOLED,
    ],
    weights: { k: [4, 39, 1, 1] },
    indices: { first: [0], rest: [36, 256, 256] },
    input: [0, 3, 256, 256],
    kinds: ['pad-channels', 'convolution', 'global-average-pool'],
  },
  'weights that Expand and Tile make of a few': {
    nodes: [
      ['Expand', ['column', 'shape'], 'half'],
      ['Tile', ['half', 'times'], 'w'],
      ['Flatten', ['image'], 'flat'],
      ['MatMul', ['flat', 'w'], 'logits'],
    ],
    weights: { column: [96, 1] },
    indices: { shape: [96, 5], times: [2, 1] },
    kinds: ['flatten', 'linear'],
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

for (const [title, { kinds, adapt, isChannelsLast, ...model }] of Object.entries(CASES)) {
  test(`${title}: gives what ONNX Runtime gives`, async (t) => {
    const options = { ...(adapt && { adapt }), ...(isChannelsLast && { isChannelsLast }) };
    const { graph } = await agrees(t, encodeModel(model), options);
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
