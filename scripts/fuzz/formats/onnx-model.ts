import { elementCount } from '../../../lib/network/tensor.js';
import { ATTRIBUTE_TYPE, DATA_TYPE, ModelProto } from '../../../lib/onnx/onnx-proto.js';
import { createRandom } from '../../../lib/stats/random.js';

/** A node by its operator, inputs, output and attributes: whole numbers, or lists of them. */
export type ModelNode = readonly [
  opType: string,
  inputs: readonly string[],
  output: string,
  attributes?: Readonly<Record<string, number | string | readonly number[]>>,
];

/** What a model is made of besides its nodes. */
export interface ModelConstants {
  /** Shapes of random weights. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  /** Lists of whole numbers. */
  readonly indices?: Readonly<Record<string, readonly number[]>>;
}

/** The bytes of a model that makes `logits` of three channels of 8×8 pixels, called `image`. */
export function onnxModel(
  nodes: readonly ModelNode[],
  { weights = {}, indices = {} }: ModelConstants,
): Buffer {
  const random = createRandom(0);
  const tensorType = { elemType: DATA_TYPE.float32 };
  const dim = [{ dimParam: 'batch' }, ...[3, 8, 8].map((dimValue) => ({ dimValue }))];
  const model = {
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    graph: {
      name: 'model',
      node: nodes.map(([opType, input, output, attributes = {}]) => ({
        ...{ opType, input, output: [output] },
        attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...attributeOf(value) })),
      })),
      initializer: [
        ...Object.entries(weights).map(([name, dims]) => ({
          ...{ name, dims, dataType: DATA_TYPE.float32 },
          floatData: Array.from({ length: elementCount(dims) }, () => 0.5 + random()),
        })),
        ...Object.entries(indices).map(([name, int64Data]) => ({
          ...{ name, dims: [int64Data.length], dataType: DATA_TYPE.int64, int64Data },
        })),
      ],
      input: [{ name: 'image', type: { tensorType: { ...tensorType, shape: { dim } } } }],
      output: [{ name: 'logits', type: { tensorType } }],
    },
  };
  return Buffer.from(ModelProto.encode(model).finish());
}

function attributeOf(value: number | string | readonly number[]): object {
  if (typeof value === 'number') return { i: value, type: ATTRIBUTE_TYPE.int };
  if (typeof value === 'string') return { s: Buffer.from(value), type: ATTRIBUTE_TYPE.string };
  return { ints: value, type: ATTRIBUTE_TYPE.ints };
}
