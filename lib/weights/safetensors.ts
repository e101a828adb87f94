import { CascadeError } from '../errors.js';
import { elementCount, type Tensor } from '../network/tensor.js';
import { checkAxes } from './check-axes.js';
import { checkedName } from './checked-name.js';
import { isCounts } from './counts.js';
import { ELEMENT_TYPES, type ElementType } from './element-types.js';
import { repeatedKey } from './pytorch/repeated-key.js';
import { quoted } from './quoted.js';

const TYPES: ReadonlyMap<unknown, ElementType> = new Map([
  ['F64', ELEMENT_TYPES.float64],
  ['F32', ELEMENT_TYPES.float32],
  ['F16', ELEMENT_TYPES.float16],
  ['BF16', ELEMENT_TYPES.bfloat16],
  ['I64', ELEMENT_TYPES.int64],
  ['I32', ELEMENT_TYPES.int32],
  ['I16', ELEMENT_TYPES.int16],
  ['I8', ELEMENT_TYPES.int8],
  ['U64', ELEMENT_TYPES.uint64],
  ['U32', ELEMENT_TYPES.uint32],
  ['U16', ELEMENT_TYPES.uint16],
  ['U8', ELEMENT_TYPES.uint8],
  ['BOOL', ELEMENT_TYPES.boolean],
]);

/** Bytes before the header: its length. */
const PREAMBLE = 8;
/** Longest header that the reference implementation accepts, in bytes. */
const LONGEST_HEADER = 100_000_000;
const METADATA = '__metadata__';

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Whether bytes begin like a safetensors file: the length of a JSON object, then the object. */
export function isSafetensors(bytes: Buffer): boolean {
  return bytes.length > PREAMBLE && bytes.readBigUInt64LE() <= LONGEST_HEADER && bytes[PREAMBLE] === 0x7b;
}

/**
 * Reads the safetensors format (https://github.com/huggingface/safetensors#format): tensors, in the order of their bytes, and
 * metadata.
 *
 * @throws CascadeError if the header is damaged, or the tensors do not fill the rest of the file without holes and overlaps.
 */
export function readSafetensors(bytes: Buffer, file: string): Safetensors {
  const refusal = (fault: string): CascadeError => new CascadeError(`${file} ${fault}; get the file again.`);
  const start =
    bytes.length < PREAMBLE ? Number.POSITIVE_INFINITY : PREAMBLE + Number(bytes.readBigUInt64LE());
  if (start > bytes.length) throw refusal('is cut off inside its header');
  const text = bytes.toString('utf8', PREAMBLE, start);
  const header = parsedHeader(text);
  if (header === undefined) throw refusal('has a header that is no JSON object');
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw refusal(`describes the tensor ${quoted(repeated)} twice`);
  const { [METADATA]: metadata = {}, ...described } = header;
  if (!isStrings(metadata)) throw refusal('has metadata that are not text');
  const places = Object.entries(described).map(([name, entry]) => {
    const place = placeOf(entry, file);
    if (typeof place === 'string') throw refusal(`${place} of the tensor ${quoted(name)}`);
    return { name, ...place };
  });
  // Tensors without elements lie before the one that begins where they do.
  places.sort((one, other) => one.begin - other.begin || one.end - other.end);

  const data = bytes.subarray(start);
  const tensors = new Map<string, Tensor>();
  let position = 0;
  for (const { name, type, shape, begin, end } of places) {
    if (begin !== position) throw refusal(`has a gap or an overlap before the tensor ${quoted(name)}`);
    if (end > data.length) throw refusal(`is cut off inside the tensor ${quoted(name)}`);
    tensors.set(checkedName(name, file), { shape, data: type.decode(data.subarray(begin, end)) });
    position = end;
  }
  if (position !== data.length) throw refusal(`has ${data.length - position} bytes that belong to no tensor`);
  return { tensors, metadata };
}

function parsedHeader(text: string): Record<string, unknown> | undefined {
  try {
    const header: unknown = JSON.parse(text);
    const isObject = typeof header === 'object' && header !== null && !Array.isArray(header);
    return isObject ? (header as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

interface Place {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** First byte and the one behind the last, counted from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

/** Where a tensor lies, or what is wrong with its description. */
function placeOf(entry: unknown, file: string): Place | string {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const type = TYPES.get(dtype);
  if (type === undefined)
    return `has the unknown type ${typeof dtype === 'string' ? JSON.stringify(quoted(dtype)) : typeof dtype}`;
  if (Array.isArray(shape)) checkAxes(shape.length, file);
  if (!isCounts(shape)) return 'does not tell the shape';
  if (!isCounts(offsets) || offsets.length !== 2) return 'does not tell the place';
  const [begin, end] = offsets as [number, number];
  if (end - begin !== elementCount(shape) * type.bytes) return 'has bytes that do not fit the shape';
  return { type, shape, begin, end };
}

function isStrings(value: unknown): value is Record<string, string> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.values(value).every((item) => typeof item === 'string');
}

/** The bytes of a safetensors file of float32 tensors: the same for the same tensors and metadata in the same order. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let end = 0;
  // Joined by hand, since objects put keys that look like integers first.
  const entries = [...tensors].map(([name, { shape, data }]) => {
    const begin = end;
    end += data.byteLength;
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype: 'F32', shape, data_offsets: [begin, end] })}`;
  });
  const header = Buffer.from(`{${[`"${METADATA}":${JSON.stringify(metadata)}`, ...entries].join(',')}}`);
  // The format asks for spaces up to a multiple of 8 bytes, so that readers can map the numbers where they lie.
  const padded = Math.ceil(header.length / 8) * 8;
  const bytes = Buffer.alloc(PREAMBLE + padded + end, ' ');
  bytes.writeBigUInt64LE(BigInt(padded));
  bytes.set(header, PREAMBLE);
  let position = PREAMBLE + padded;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}
