import { CascadeError } from '../../errors.js';
import { elementCount } from '../../network/tensor.js';
import { DATA_TYPE } from '../../onnx/onnx-proto.js';
import { ELEMENT_TYPES } from '../element-types.js';
import { quoted } from '../quoted.js';
import { listed } from './listed.js';
import type { TensorMessage } from './model-file.js';
import type { Constant } from './values.js';

type ElementTypeName = keyof typeof DATA_TYPE;

const TYPE_NAMES: ReadonlyMap<number, ElementTypeName> = new Map(
  Object.entries(DATA_TYPE).map(([name, type]) => [type, name as ElementTypeName]),
);

/** Floating-point types, for numbers that vary with the image. */
export function isFloat(dataType: number): boolean {
  const floats: readonly number[] = [
    DATA_TYPE.float16,
    DATA_TYPE.bfloat16,
    DATA_TYPE.float32,
    DATA_TYPE.float64,
  ];
  return floats.includes(dataType);
}

/** Types of whole numbers that hold the 0 … 255 of a pixel. */
export function isPixelType(dataType: number): boolean {
  const wholes: readonly number[] = [DATA_TYPE.uint8, DATA_TYPE.int32, DATA_TYPE.int64];
  return wholes.includes(dataType);
}

/**
 * The numbers of a tensor that a file holds.
 *
 * @param external its bytes, where they lie in another file.
 * @throws CascadeError if its type is unknown or its bytes do not fit its shape.
 */
export function constantOf(message: TensorMessage, file: string, external?: Uint8Array): Constant {
  const { name, dims, dataType } = message;
  const typeName = TYPE_NAMES.get(dataType);
  if (typeName === undefined) {
    throw new CascadeError(
      `${file} holds the tensor ${quoted(name)} of the element type ${dataType}, which cascade does not read.`,
    );
  }
  const type = ELEMENT_TYPES[typeName];
  const bytes = external ?? (message.rawData.length > 0 ? message.rawData : undefined);
  const fields = bytes === undefined ? fieldNumbers(message) : undefined;
  const length = bytes?.length ?? fields!.length * type.bytes;
  if (!isShape(dims) || length !== elementCount(dims) * type.bytes) {
    throw new CascadeError(
      `${file} holds ${length} bytes of the tensor ${quoted(name)}, which do not fit its shape ${listed(dims)}; get the file again.`,
    );
  }
  return {
    kind: 'constant',
    name,
    shape: dims,
    data: fields ?? type.decode(bytes!),
    isInteger: !isFloat(dataType),
  };
}

/** Far more than a tensor has axes. */
const MOST_AXES = 64;

/** Whether numbers from a file are the sizes of a tensor. */
export function isShape(sizes: readonly number[]): boolean {
  return sizes.length <= MOST_AXES && sizes.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** Numbers that stand one by one in fields of their own, the short types among them in `int32Data`. */
function fieldNumbers({
  dataType,
  floatData,
  doubleData,
  int32Data,
  int64Data,
}: TensorMessage): Float32Array {
  switch (dataType) {
    case DATA_TYPE.float32:
      return Float32Array.from(floatData);
    case DATA_TYPE.float64:
      return Float32Array.from(doubleData);
    case DATA_TYPE.int64:
      return Float32Array.from(int64Data);
    case DATA_TYPE.float16:
      return ELEMENT_TYPES.float16.decode(new Uint8Array(Uint16Array.from(int32Data).buffer));
    case DATA_TYPE.bfloat16:
      return ELEMENT_TYPES.bfloat16.decode(new Uint8Array(Uint16Array.from(int32Data).buffer));
    default:
      return Float32Array.from(int32Data);
  }
}
