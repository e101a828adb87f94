import type { ExecutionContext } from 'ava';
import * as ort from 'onnxruntime-node';
import { writeOnnx } from '../../../lib/engine/onnxruntime/write-onnx.js';
import { CascadeError } from '../../../lib/errors.js';
import { foldBatchNormalization } from '../../../lib/network/fold-batch-norm.js';
import type { Network } from '../../../lib/network/graph.js';
import { elementCount } from '../../../lib/network/tensor.js';
import { ATTRIBUTE_TYPE, DATA_TYPE, ModelProto } from '../../../lib/onnx/onnx-proto.js';
import { createRandom } from '../../../lib/stats/random.js';
import { readOnnx } from '../../../lib/weights/onnx/read-onnx.js';

/** A real number as an attribute, told apart from a whole one. */
export interface Real {
  readonly real: number;
}

/** Several real numbers. */
export interface Reals {
  readonly reals: readonly number[];
}

type AttributeValue = number | string | Real | Reals | readonly number[];

/** A node by its operator (`com.microsoft:Gelu` of another domain than ONNX's), inputs, outputs (commas between them) and attributes. */
export type Node = readonly [
  opType: string,
  inputs: readonly string[],
  output: string,
  attributes?: Readonly<Record<string, AttributeValue>>,
];

export interface TestModel {
  readonly nodes: readonly Node[];
  /** Shapes, for random weights, or whole numbers. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  readonly indices?: Readonly<Record<string, readonly number[]>>;
  readonly scalars?: Readonly<Record<string, number>>;
  /** `image`, with the batch; 0 is a size that is left open. */
  readonly input?: readonly number[];
  /** Type of the images' numbers: float32, or whole numbers 0 … 255 of another type. */
  readonly inputType?: 'float32' | 'uint8' | 'int32';
  readonly outputs?: readonly string[];
  readonly opset?: number;
}

const IMAGE = [0, 3, 8, 8];

/** The bytes of a model from images, called `image`, to `logits`. */
export function encodeModel(model: TestModel): Buffer {
  const { nodes, weights = {}, indices = {}, input = IMAGE, outputs = ['logits'], opset = 13 } = model;
  const elemType = DATA_TYPE[model.inputType ?? 'float32'];
  const random = createRandom(1);
  const floats = Object.entries(weights).map(([name, dims]) => ({
    name,
    dims,
    dataType: DATA_TYPE.float32,
    // Above zero, as variances and divisors must be.
    floatData: Array.from({ length: elementCount(dims) }, () => 0.25 + random()),
  }));
  const integers = Object.entries(indices).map(([name, int64Data]) => ({
    name,
    dims: [int64Data.length],
    dataType: DATA_TYPE.int64,
    int64Data,
  }));
  const scalars = Object.entries(model.scalars ?? {}).map(([name, value]) => ({
    name,
    dims: [],
    dataType: DATA_TYPE.float32,
    floatData: [value],
  }));
  const dim = input.map((size, axis) => (size === 0 ? { dimParam: `size${axis}` } : { dimValue: size }));
  const tensorType = { elemType: DATA_TYPE.float32 };
  return Buffer.from(
    ModelProto.encode({
      irVersion: 8,
      opsetImport: [
        { domain: '', version: opset },
        { domain: 'com.microsoft', version: 1 },
      ],
      graph: {
        name: 'test',
        node: nodes.map(([operator, inputs, output, attributes = {}]) => ({
          opType: operator.split(':').at(-1)!,
          domain: operator.split(':').at(-2) ?? '',
          input: inputs,
          output: output.split(','),
          attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...attributeOf(value) })),
        })),
        initializer: [...floats, ...integers, ...scalars],
        input: [{ name: 'image', type: { tensorType: { elemType, shape: { dim } } } }],
        output: outputs.map((name) => ({ name, type: { tensorType } })),
      },
    }).finish(),
  );
}

/** A model whose `x` is flattened and goes through a matrix of `features` rows to the logits. */
export function classifier(nodes: readonly Node[], features: number, more: Partial<TestModel> = {}): Buffer {
  return encodeModel({
    opset: 17,
    ...more,
    nodes: [...nodes, ['Flatten', ['x'], 'flat'], ['MatMul', ['flat', 'last'], 'logits']],
    weights: { ...more.weights, last: [features, 5] },
  });
}

function attributeOf(value: AttributeValue): object {
  if (typeof value === 'number') return { i: value, type: ATTRIBUTE_TYPE.int };
  if (typeof value === 'string') return { s: Buffer.from(value), type: ATTRIBUTE_TYPE.string };
  if ('real' in value) return { f: value.real, type: ATTRIBUTE_TYPE.float };
  if ('reals' in value) return { floats: value.reals, type: ATTRIBUTE_TYPE.floats };
  return { ints: value, type: ATTRIBUTE_TYPE.ints };
}

/**
 * Reads a model and runs what was read beside the original on two random images: ONNX Runtime's answers must be the same.
 *
 * @param source the original, bytes or a file that has others beside it.
 * @param adapt makes of the logits what the original puts out, e.g. probabilities.
 * @returns the network as cascade has it.
 */
export async function agrees(
  t: ExecutionContext,
  bytes: Buffer,
  {
    source = bytes,
    adapt = (logits) => logits,
    isChannelsLast = false,
    size = [8, 8],
  }: AgreementOptions = {},
): Promise<Network> {
  const { network, takesPixels } = await readOnnx(
    bytes,
    size,
    typeof source === 'string' ? source : 'model.onnx',
  );
  const [channels, height, width] = network.graph.inputShape as [number, number, number];
  const original = await session(source);
  const given = original.inputMetadata[0]! as InputMetadata;
  const random = createRandom(2);
  const pixels = Float32Array.from({ length: 2 * channels * height * width }, () =>
    takesPixels ? Math.floor(256 * random()) : 4 * random() - 2,
  );
  const image = new ort.Tensor('float32', pixels, [2, channels, height, width]);
  const isTurned = isChannelsLast || (given.shape[3] === channels && given.shape[1] !== channels);
  const turned = isTurned ? channelsLast(image) : image;
  // A model that was exported for one image takes no more.
  const batches = given.shape[0] === 1 ? parted(turned) : [turned];
  const wanted: number[] = [];
  for (const batch of batches) {
    const outputs = await original.run({ [original.inputNames[0]!]: typed(batch, given.type) });
    wanted.push(...(outputs[original.outputNames[0]!]!.data as Float32Array));
  }
  const own = await session(Buffer.from(writeOnnx(foldBatchNormalization(network))));
  const actual = await own.run({ [network.graph.input]: image });
  await Promise.all([original.release(), own.release()]);
  const logits = actual[network.graph.output]!.data as Float32Array;
  const classes = logits.length / 2;
  const found = [logits.subarray(0, classes), logits.subarray(classes)].flatMap((values) => [
    ...adapt(values),
  ]);
  t.is(found.length, wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  const largest = Math.max(...found.map((value, index) => Math.abs(value - wanted[index]!)));
  t.true(largest <= 1e-4 * scale, `largest difference ${largest} at a scale of ${scale}`);
  t.true(new Set(wanted).size > 1, 'the answers differ from one another');
  return network;
}

interface AgreementOptions {
  readonly source?: string | Buffer;
  readonly adapt?: (logits: Float32Array) => Float32Array;
  /** The original has its channels last although its shape does not tell. */
  readonly isChannelsLast?: boolean;
  /** `[height, width]` where the model leaves them open. */
  readonly size?: readonly [number, number];
}

interface InputMetadata {
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

function parted({ data, dims: [images, ...rest] }: ort.Tensor): ort.Tensor[] {
  const length = elementCount(rest);
  return Array.from({ length: images! }, (_, image) => {
    const part = (data as Float32Array).slice(image * length, (image + 1) * length);
    return new ort.Tensor('float32', part, [1, ...rest]);
  });
}

/** The numbers in the type that a model takes. */
function typed({ data, dims }: ort.Tensor, type: string): ort.Tensor {
  const numbers = data as Float32Array;
  switch (type) {
    case 'uint8':
      return new ort.Tensor('uint8', Uint8Array.from(numbers), dims);
    case 'int32':
      return new ort.Tensor('int32', Int32Array.from(numbers), dims);
    default:
      return new ort.Tensor('float32', numbers, dims);
  }
}

function session(source: string | Buffer): Promise<ort.InferenceSession> {
  const options = { intraOpNumThreads: 1, logSeverityLevel: 3 } as const;
  return typeof source === 'string'
    ? ort.InferenceSession.create(source, options)
    : ort.InferenceSession.create(source, options);
}

function channelsLast({ data, dims }: ort.Tensor): ort.Tensor {
  const [images, channels, height, width] = dims as [number, number, number, number];
  const pixels = height * width;
  const turned = Float32Array.from(data as Float32Array, (_, index) => {
    const [place, channel] = [Math.floor(index / channels), index % channels];
    const [image, pixel] = [Math.floor(place / pixels), place % pixels];
    return (data as Float32Array)[(image * channels + channel) * pixels + pixel]!;
  });
  return new ort.Tensor('float32', turned, [images, height, width, channels]);
}

/** What cascade says of a model, called model.onnx; undefined if it reads it. Other errors fail the test. */
export async function refusalOfModel(bytes: Buffer): Promise<string | undefined> {
  try {
    await readOnnx(bytes, [8, 8], 'model.onnx');
    return undefined;
  } catch (error) {
    if (!(error instanceof CascadeError)) throw error;
    return error.message;
  }
}
