import { counted, grouped } from '../../counted.js';
import { CascadeError } from '../../errors.js';
import { ModelProto } from '../../onnx/onnx-proto.js';
import { damaged } from '../damaged.js';
import { countMessages } from './count-messages.js';

/** What an ONNX file says, message by message; whatever it leaves out is 0, empty or null. */
export interface ModelMessage {
  readonly producerName: string;
  readonly producerVersion: string;
  readonly graph: GraphMessage;
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
}

export interface GraphMessage {
  readonly node: readonly NodeMessage[];
  readonly initializer: readonly TensorMessage[];
  readonly input: readonly ValueMessage[];
  readonly output: readonly ValueMessage[];
}

export interface NodeMessage {
  readonly name: string;
  readonly opType: string;
  readonly domain: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly AttributeMessage[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
}

export interface AttributeMessage {
  readonly name: string;
  readonly f: number;
  readonly i: number;
  readonly s: Uint8Array;
  readonly t: TensorMessage | null;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
}

export interface TensorMessage {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly floatData: readonly number[];
  readonly int32Data: readonly number[];
  readonly int64Data: readonly number[];
  readonly doubleData: readonly number[];
  readonly rawData: Uint8Array;
  readonly externalData: readonly { readonly key: string; readonly value: string }[];
  /** 1 where the bytes lie in another file. */
  readonly dataLocation: number;
}

export interface ValueMessage {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: { readonly dim: readonly { readonly dimValue: number }[] } | null;
    } | null;
  } | null;
}

/** First byte: field 1, the version of the format. */
const VERSION_TAG = 0x08;
/** Far beyond the versions there are (13 in 2025). */
const HIGHEST_VERSION = 0x3f;
/** What may follow: producer, its version, domain, model version, documentation, graph, operator sets, metadata. */
const NEXT_TAGS: readonly (number | undefined)[] = [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72];

/** Whether bytes begin like an ONNX model, or their file at least is called one. */
export function isOnnx(bytes: Buffer, file: string): boolean {
  const [tag, version, next] = bytes;
  const beginsSo = tag === VERSION_TAG && version! <= HIGHEST_VERSION && NEXT_TAGS.includes(next);
  return beginsSo || file.toLowerCase().endsWith('.onnx');
}

/** Most messages of a file (nodes, attributes, tensors and so on): each takes some hundred times its two bytes of a file. */
const MOST_MESSAGES = 400_000;

/** More nodes than a file has, those that only arrange constants among them; a network has fewer. */
const MOST_NODES = 50_000;

/**
 * The messages of an ONNX file. Integers beyond 2^53, which only stand for "to the end", are rounded.
 *
 * @throws CascadeError if the bytes are no ONNX model, cut off or damaged.
 */
export function decodeModel(bytes: Buffer, file: string): ModelMessage {
  let model: object;
  try {
    if (countMessages(bytes, MOST_MESSAGES) > MOST_MESSAGES) {
      throw new CascadeError(
        `${file} consists of more than ${MOST_MESSAGES} nodes, attributes and tensors, which is as many as cascade takes; simplify the model and export it again.`,
      );
    }
    model = ModelProto.toObject(ModelProto.decode(bytes), { longs: Number, defaults: true });
  } catch (error) {
    throw error instanceof CascadeError ? error : damaged(file, error);
  }
  const { graph } = model as { readonly graph: ModelMessage['graph'] | null };
  if (graph === null) throw damaged(file);
  if (graph.node.length > MOST_NODES)
    throw new CascadeError(
      `${file} has ${counted(graph.node.length, 'node')}, and cascade takes at most ${grouped(MOST_NODES)}; simplify the model and export it again.`,
    );
  return model as ModelMessage;
}
