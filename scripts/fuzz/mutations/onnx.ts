import { OPERATOR_NAMES } from '../../../lib/network/operator/operator-names.js';
import { ModelProto } from '../../../lib/onnx/onnx-proto.js';
import type { Mutation } from '../mutation.js';
import { damageTree } from './tree.js';

/** Operators that are folded, or only arrange what others read, besides those that pass through. */
const OTHERS = [
  ...['AveragePool', 'Cast', 'Constant', 'ConstantOfShape', 'Expand', 'Flatten', 'Identity', 'MaxPool'],
  ...['Range', 'Shape', 'Split', 'Squeeze', 'Tile', 'Unsqueeze', 'Where'],
];
const OPERATORS = [...OTHERS, ...OPERATOR_NAMES];

/** Changes places of a model's messages and encodes them again. */
export const damageOnnx: Mutation = (bytes, draw) => {
  try {
    const model = ModelProto.toObject(ModelProto.decode(bytes), { longs: Number });
    const changed = damageTree(model, draw, OPERATORS) as Record<string, unknown>;
    return Buffer.from(ModelProto.encode(ModelProto.fromObject(changed)).finish());
  } catch {
    // Not every changed document is one that the format can write.
    return undefined;
  }
};
