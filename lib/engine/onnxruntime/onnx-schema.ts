import protobuf from 'protobufjs';

/**
 * The messages and fields of the ONNX format (onnx.proto3, IR version 8) that cascade writes, with the format's own field
 * numbers and names.
 */
const schema = {
  nested: {
    AttributeProto: {
      fields: {
        name: { type: 'string', id: 1 },
        f: { type: 'float', id: 2 },
        i: { type: 'int64', id: 3 },
        ints: { rule: 'repeated', type: 'int64', id: 8 },
        type: { type: 'int32', id: 20 },
      },
    },
    NodeProto: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'AttributeProto', id: 5 },
      },
    },
    TensorProto: {
      fields: {
        dims: { rule: 'repeated', type: 'int64', id: 1 },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
      },
    },
    Dimension: { fields: { dimValue: { type: 'int64', id: 1 }, dimParam: { type: 'string', id: 2 } } },
    TensorShapeProto: { fields: { dim: { rule: 'repeated', type: 'Dimension', id: 1 } } },
    TensorTypeProto: {
      fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'TensorShapeProto', id: 2 } },
    },
    TypeProto: { fields: { tensorType: { type: 'TensorTypeProto', id: 1 } } },
    ValueInfoProto: { fields: { name: { type: 'string', id: 1 }, type: { type: 'TypeProto', id: 2 } } },
    GraphProto: {
      fields: {
        node: { rule: 'repeated', type: 'NodeProto', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { rule: 'repeated', type: 'TensorProto', id: 5 },
        input: { rule: 'repeated', type: 'ValueInfoProto', id: 11 },
        output: { rule: 'repeated', type: 'ValueInfoProto', id: 12 },
      },
    },
    OperatorSetIdProto: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
    ModelProto: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producerName: { type: 'string', id: 2 },
        graph: { type: 'GraphProto', id: 7 },
        opsetImport: { rule: 'repeated', type: 'OperatorSetIdProto', id: 8 },
      },
    },
  },
};

const model = protobuf.Root.fromJSON(schema).lookupType('ModelProto');

export interface OnnxAttribute {
  readonly name: string;
  readonly i?: number;
  readonly ints?: readonly number[];
  readonly type: number;
}

export interface OnnxNode {
  readonly opType: string;
  readonly name: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
}

export interface OnnxValue {
  readonly name: string;
  readonly elementType: number;
  /** `N` stands for a batch of any size. */
  readonly dimensions: readonly (number | 'N')[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** The bytes of an `.onnx` file, operator set 17. */
export function encodeOnnx(graph: OnnxGraph): Uint8Array {
  return model
    .encode({
      irVersion: 8,
      producerName: 'cascade',
      opsetImport: [{ domain: '', version: 17 }],
      graph: {
        name: 'cascade',
        node: graph.nodes,
        initializer: graph.initializers,
        input: graph.inputs.map(valueInfo),
        output: graph.outputs.map(valueInfo),
      },
    })
    .finish();
}

function valueInfo({ name, elementType, dimensions }: OnnxValue): object {
  const dim = dimensions.map((size) => (size === 'N' ? { dimParam: 'N' } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: elementType, shape: { dim } } } };
}
