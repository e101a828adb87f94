import path from 'node:path';
import { type ModelConstants, type ModelNode, onnxModel } from '../formats/onnx-model.js';
import { oneOf } from '../mutation.js';
import { damageBytes } from '../mutations/bytes.js';
import { damageOnnx } from '../mutations/onnx.js';
import { only, type Reader } from '../reader.js';
import { inspectNetwork } from './weights.js';

/** Ends a model whose `x` is flattened to some features. */
function model(nodes: readonly ModelNode[], features: number, constants: ModelConstants = {}): Buffer {
  const end: readonly ModelNode[] = [
    ['Flatten', ['x'], 'flat'],
    ['MatMul', ['flat', 'last'], 'logits'],
  ];
  const weights = { ...constants.weights, last: [features, 5] };
  return onnxModel([...nodes, ...end], { ...constants, weights });
}

/** As a transformer does: 64 tokens of 3 numbers that look at one another. */
const TOKENS = model(
  [
    ['Reshape', ['image', 'joined'], 'joined-image'],
    ['Transpose', ['joined-image'], 'tokens', { perm: [0, 2, 1] }],
    ['LayerNormalization', ['tokens', 'scale', 'shift'], 'normal', { axis: -1 }],
    ['MatMul', ['normal', 'keys'], 'k'],
    ['Transpose', ['k'], 'turned', { perm: [0, 2, 1] }],
    ['MatMul', ['normal', 'turned'], 'scores'],
    ['Softmax', ['scores'], 'attention', { axis: -1 }],
    ['MatMul', ['attention', 'k'], 'mixed'],
    ['Einsum', ['mixed', 'keys'], 'projected', { equation: 'btc,cd->btd' }],
    ['Add', ['projected', 'tokens'], 'sum'],
    ['Erf', ['sum'], 'erf'],
    ['Concat', ['erf', 'sum'], 'both', { axis: 1 }],
    ['Slice', ['both', 'starts', 'ends', 'axes'], 'some'],
    ['Gather', ['some', 'which'], 'x', { axis: 1 }],
  ],
  9,
  {
    weights: { scale: [3], shift: [3], keys: [3, 3] },
    indices: { joined: [0, 3, 64], starts: [1], ends: [60], axes: [1], which: [0, -1, 5] },
  },
);

/** Feature maps that are widened, turned inside out and normalised. */
const MAPS = model(
  [
    ['Pad', ['image', 'margins'], 'padded', { mode: 'reflect' }],
    ['Conv', ['padded', 'kernel'], 'dilated', { dilations: [2, 2], pads: [1, 1, 1, 1] }],
    ['InstanceNormalization', ['dilated', 'one', 'two'], 'normal'],
    ['HardSwish', ['normal'], 'swish'],
    ['DepthToSpace', ['swish'], 'spread', { blocksize: 2 }],
    ['SpaceToDepth', ['spread'], 'gathered', { blocksize: 2 }],
    ['ConvTranspose', ['gathered', 'up'], 'large', { strides: [2, 2] }],
    ['LRN', ['large'], 'local', { size: 3 }],
    ['PRelu', ['local', 'slope'], 'sloped'],
    ['Sigmoid', ['sloped'], 'gate'],
    ['Mul', ['sloped', 'gate'], 'gated'],
    ['GlobalMaxPool', ['gated'], 'x'],
  ],
  4,
  {
    weights: { kernel: [4, 3, 3, 3], one: [4], two: [4], up: [4, 4, 2, 2], slope: [4, 1, 1] },
    indices: { margins: [0, 0, 1, 1, 0, 0, 1, 1] },
  },
);

/** Numbers joined along axes. */
const REDUCTIONS = model(
  [
    ['Abs', ['image'], 'above'],
    ['Pow', ['above', 'two'], 'square'],
    ['ReduceSum', ['square', 'axes'], 'sum', { keepdims: 1 }],
    ['Sqrt', ['sum'], 'length'],
    ['Div', ['image', 'length'], 'unit'],
    ['LpNormalization', ['unit'], 'normal', { axis: 1, p: 2 }],
    ['ReduceMax', ['normal'], 'most', { axes: [2], keepdims: 0 }],
    ['ReduceL2', ['most'], 'x', { axes: [1], keepdims: 0 }],
  ],
  8,
  { weights: { two: [1] }, indices: { axes: [1] } },
);

/** Operators that a network takes over as they are. */
const passingThrough: Reader = {
  name: 'onnx-pass-through',
  samples: () => [TOKENS, MAPS, REDUCTIONS].map((bytes) => ({ 'model.onnx': bytes })),
  mutationOf: () => oneOf(damageOnnx, damageOnnx, damageOnnx, damageBytes),
  read: (folder, files) => inspectNetwork(path.join(folder, only(files))),
};

export const PASSING_READERS = [passingThrough] as const;
