import type { Tensor } from '../../../network/tensor.js';
import { transposed } from '../../pytorch/strided.js';
import { listed } from '../listed.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import { type Activation, type Constant, inNetworkOrder, type VectorValue } from '../values.js';

/** Gemm: a fully connected layer, `alpha` and `beta` multiplied into it. */
export function gemm(operation: Operation, builder: NetworkBuilder): Activation {
  const input = vectorOfRank1(operation);
  if (operation.integer('transA', 0) !== 0) {
    throw operation.refusal('transposes its input, which would mix the images of a batch');
  }
  const weight = matrix(operation, operation.integer('transB', 0) !== 0);
  const alpha = operation.real('alpha', 1);
  const scaled =
    alpha === 1 ? weight : { shape: weight.shape, data: weight.data.map((value) => alpha * value) };
  const beta = operation.real('beta', 1);
  const bias = operation.optionalWeight(2);
  const added = bias && { ...bias, data: bias.data.map((value) => beta * value) };
  return addLinear(operation, builder, input, scaled, added);
}

/** MatMul by a matrix of weights; the bias that follows is an Add. */
export function matMul(operation: Operation, builder: NetworkBuilder): Activation {
  return addLinear(operation, builder, vectorOfRank1(operation), matrix(operation, false));
}

function vectorOfRank1(operation: Operation): VectorValue {
  const value = operation.activation(0);
  if (value.kind === 'image' || value.shape.length !== 1) {
    throw operation.refusal(
      'multiplies something else than one vector an image, which is all that cascade runs',
    );
  }
  return value;
}

/** The second operand as `[outputs, inputs]`. */
function matrix(operation: Operation, isTransposed: boolean): Tensor {
  const weight = operation.weight(1);
  if (weight.shape.length !== 2) {
    throw operation.refusal(
      `multiplies by weights of the shape ${listed(weight.shape)} where cascade needs a matrix`,
    );
  }
  return isTransposed ? weight : transposed(weight, [1, 0]);
}

/**
 * Adds a fully connected layer.
 *
 * @param weight `[outputs, inputs]`, the inputs in the file's order.
 * @param bias one number an output, or one for all.
 */
export function addLinear(
  operation: Operation,
  builder: NetworkBuilder,
  input: VectorValue,
  weight: Tensor,
  bias?: Pick<Constant, 'shape' | 'data'>,
): VectorValue {
  const { output: name } = operation;
  const [outputFeatures, inputFeatures] = weight.shape as [number, number];
  const isWhole = input.order?.length === inputFeatures;
  const data = isWhole ? reordered(weight, input) : weight.data;
  const parameters = {
    [`${name}/weight`]: { shape: weight.shape, data },
    ...(bias && { [`${name}/bias`]: biasOf(operation, bias, outputFeatures) }),
  };
  builder.add(
    operation,
    {
      kind: 'linear',
      name,
      input: input.name,
      outputFeatures,
      weight: `${name}/weight`,
      ...(bias && { bias: `${name}/bias` }),
    },
    parameters,
  );
  return { kind: 'vector', name, features: outputFeatures, shape: [outputFeatures] };
}

/** The columns of a matrix in the network's order of its inputs. */
function reordered({ shape, data }: Tensor, input: VectorValue): Float32Array {
  const [rows, columns] = shape as [number, number];
  const ordered = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    ordered.set(inNetworkOrder(data.subarray(row * columns, (row + 1) * columns), input), row * columns);
  }
  return ordered;
}

function biasOf(
  operation: Operation,
  { shape, data }: Pick<Constant, 'shape' | 'data'>,
  features: number,
): Tensor {
  if (data.length === 1) return { shape: [features], data: new Float32Array(features).fill(data[0]!) };
  if (data.length !== features || shape.at(-1) !== features) {
    throw operation.refusal(`has ${data.length} biases for ${features} outputs; get the file again`);
  }
  return { shape: [features], data };
}
