import { ModelProto } from '../../../lib/onnx/onnx-proto.js';
import type { Mutation } from '../mutation.js';
import { damageTree } from './tree.js';

const OPERATORS = [
  ...[
    'Conv',
    'Gemm',
    'MatMul',
    'Reshape',
    'Flatten',
    'Transpose',
    'Concat',
    'Pad',
    'Slice',
    'Gather',
    'Shape',
  ],
  ...[
    'ConstantOfShape',
    'Range',
    'Expand',
    'Tile',
    'Constant',
    'Softmax',
    'AveragePool',
    'MaxPool',
    'Add',
    'Mul',
  ],
  ...[
    'BatchNormalization',
    'GlobalAveragePool',
    'ReduceMean',
    'Squeeze',
    'Unsqueeze',
    'Cast',
    'Identity',
    'Where',
  ],
];

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
