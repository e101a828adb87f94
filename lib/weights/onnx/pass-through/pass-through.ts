import { OPERATOR_NAMES } from '../../../network/operator/operator-names.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import type { Value } from '../values.js';
import { ADAPTED } from './adapted.js';
import { carried } from './carried.js';

/** QuantizeLinear, DequantizeLinear, DynamicQuantizeLinear, QLinearConv, ConvInteger, MatMulInteger and the like. */
const QUANTIZED = /[Qq]uantize|^QLinear|Integer$/;

/**
 * Carries a node into the network as the operator of ONNX that it is, or as some of them where version 17 has it otherwise.
 *
 * @throws CascadeError naming the node if its operator is none that passes through, or what it reads does not fit it.
 */
export function passThrough(operation: Operation, builder: NetworkBuilder): Value {
  const { opType } = operation.node;
  const adapt = ADAPTED.get(opType);
  if (adapt !== undefined) return adapt(operation, builder);
  const operator = OPERATOR_NAMES.find((name) => name === opType);
  if (operator === undefined) throw operation.refusal(faultOf(operation));
  return carried(operation, builder, operator);
}

function faultOf({ node, operands }: Operation): string {
  if (QUANTIZED.test(node.opType))
    return 'is an operator of quantised networks, which cascade does not run; give the file from before it was quantised';
  const fault = 'is an operator that cascade does not run';
  const isOfConstants = operands.length > 0 && operands.every((operand) => operand?.kind === 'constant');
  return isOfConstants
    ? `${fault}, and reads constants alone; fold constants first, e.g. with onnxsim`
    : `${fault}; export the network without it`;
}
