import type { Operator } from '../graph.js';
import type { BatchedShape } from './batched-shape.js';
import { conv, convTranspose } from './convolving.js';
import { binary, clip, prelu, unary } from './elementwise.js';
import { blocks, concat, gather, pad, reshape, slice, transpose } from './layout.js';
import {
  alongAxis,
  channelwise,
  globalPool,
  layerNormalization,
  localResponse,
  reduction,
} from './normalizing.js';
import { OperatorCall } from './operator-call.js';
import type { OperatorName } from './operator-names.js';
import type { AttributeType, OperatorRule } from './operator-rule.js';
import { einsum, gemm, matMul } from './product.js';

const plain = unary();
const sloped = unary({ alpha: 'real' });
const reduced = reduction('attribute');

/** What is known of each operator, in version 17 of ONNX's. */
export const OPERATOR_RULES: Readonly<Record<OperatorName, OperatorRule>> = {
  Abs: plain,
  Add: binary,
  BatchNormalization: channelwise(4),
  Ceil: plain,
  Celu: sloped,
  Clip: clip,
  Concat: concat,
  Conv: conv,
  ConvTranspose: convTranspose,
  Cos: plain,
  DepthToSpace: blocks('to-space'),
  Div: binary,
  Einsum: einsum,
  Elu: sloped,
  Erf: plain,
  Exp: plain,
  Floor: plain,
  Gather: gather,
  Gemm: gemm,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  HardSigmoid: unary({ alpha: 'real', beta: 'real' }),
  HardSwish: plain,
  InstanceNormalization: channelwise(2),
  LRN: localResponse,
  LayerNormalization: layerNormalization,
  LeakyRelu: sloped,
  Log: plain,
  LogSoftmax: alongAxis(),
  LpNormalization: alongAxis({ p: 'integer' }),
  MatMul: matMul,
  Max: binary,
  Min: binary,
  Mul: binary,
  Neg: plain,
  PRelu: prelu,
  Pad: pad,
  Pow: binary,
  Reciprocal: plain,
  ReduceL1: reduced,
  ReduceL2: reduced,
  ReduceLogSumExp: reduced,
  ReduceMax: reduced,
  ReduceMean: reduced,
  ReduceMin: reduced,
  ReduceSum: reduction('input'),
  ReduceSumSquare: reduced,
  Relu: plain,
  Reshape: reshape,
  Selu: unary({ alpha: 'real', gamma: 'real' }),
  Sigmoid: plain,
  Sign: plain,
  Sin: plain,
  Slice: slice,
  Softmax: alongAxis(),
  Softplus: plain,
  Softsign: plain,
  SpaceToDepth: blocks('to-depth'),
  Sqrt: plain,
  Sub: binary,
  Tanh: plain,
  ThresholdedRelu: sloped,
  Transpose: transpose,
};

/** @param inputs shapes of the values that it reads, in order. @throws CascadeError if they do not fit it. */
export function operatorShape(node: Operator, inputs: readonly BatchedShape[]): BatchedShape {
  const call = new OperatorCall(node, inputs);
  checkAttributes(call);
  return OPERATOR_RULES[node.operator].shape(call);
}

/** Multiply-accumulates for one image. */
export function operatorMacs(node: Operator, inputs: readonly BatchedShape[], output: BatchedShape): number {
  return OPERATOR_RULES[node.operator].macs?.(new OperatorCall(node, inputs), output) ?? 0;
}

function checkAttributes(call: OperatorCall): void {
  const { attributes, operator } = call.node;
  const known = OPERATOR_RULES[operator].attributes ?? {};
  for (const [name, value] of Object.entries(attributes)) {
    if (!Object.hasOwn(known, name) || known[name] !== typeOf(value))
      throw call.refusal(`has an attribute ${name} that is not known here`);
  }
}

function typeOf(value: Operator['attributes'][string]): AttributeType {
  if (typeof value === 'number') return 'integer';
  if (typeof value === 'string') return 'text';
  return 'real' in value ? 'real' : 'integers';
}
