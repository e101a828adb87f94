import { ATTRIBUTE_TYPE, ModelProto } from './onnx-proto.js';

/** One attribute of a node; exactly one of the values is there, as `type` says. */
export interface OnnxAttribute {
  readonly name: string;
  readonly type: number;
  readonly i?: number;
  readonly f?: number;
  readonly ints?: readonly number[];
  readonly s?: Uint8Array;
  readonly g?: object;
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
  return ModelProto.encode({
    irVersion: 8,
    producerName: 'cascade',
    opsetImport: [{ domain: '', version: 17 }],
    graph: graphProto('cascade', graph),
  }).finish();
}

/** A whole number as an attribute. */
export function integer(name: string, i: number): OnnxAttribute {
  return { name, i, type: ATTRIBUTE_TYPE.int };
}

/** A float32 as an attribute. */
export function float(name: string, f: number): OnnxAttribute {
  return { name, f, type: ATTRIBUTE_TYPE.float };
}

/** A list of whole numbers as an attribute. */
export function integers(name: string, ints: readonly number[]): OnnxAttribute {
  return { name, ints, type: ATTRIBUTE_TYPE.ints };
}

/** A word as an attribute. */
export function text(name: string, word: string): OnnxAttribute {
  return { name, s: Buffer.from(word), type: ATTRIBUTE_TYPE.string };
}

/** A graph as an attribute: a branch of an `If`. It sees the values of the graph around it. */
export function branch(name: string, graph: OnnxGraph): OnnxAttribute {
  return { name, g: graphProto(name, graph), type: ATTRIBUTE_TYPE.graph };
}

function graphProto(name: string, { nodes, initializers, inputs, outputs }: OnnxGraph): object {
  return {
    name,
    node: nodes,
    initializer: initializers,
    input: inputs.map(valueInfo),
    output: outputs.map(valueInfo),
  };
}

function valueInfo({ name, elementType, dimensions }: OnnxValue): object {
  const dim = dimensions.map((size) => (size === 'N' ? { dimParam: 'N' } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: elementType, shape: { dim } } } };
}
