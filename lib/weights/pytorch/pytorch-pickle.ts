import { checkAxes } from '../check-axes.js';
import { isCount, isCounts } from '../counts.js';
import { damaged } from '../damaged.js';
import { ELEMENT_TYPES, type ElementType } from '../element-types.js';
import type { PickleDialect } from './pickle.js';
import { PickleGlobal, PickleObject, type PickleValue } from './pickle-value.js';

/** A stretch of memory that tensors look into, by the key under which a file keeps its bytes. */
export class StorageReference {
  constructor(
    readonly key: string,
    readonly type: StoredType,
    readonly elements: number,
    /** Element of the keyed bytes at which it begins; not 0 only where files before PyTorch 0.4 share them. */
    readonly start: number,
  ) {}
}

/** A type of elements, or one that cascade cannot decode: its name, and its bytes where they are known. */
export type StoredType = ElementType | { readonly name: string; readonly bytes: number | undefined };

/** A tensor as a pickle describes it: a view into a storage of decoded elements. Offset and strides count elements. */
export class TensorView {
  constructor(
    readonly storage: StorageReference,
    readonly type: ElementType,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
    /** The tensor is the negative of what the storage holds: PyTorch's bit for the imaginary part of a conjugate. */
    readonly isNegated = false,
  ) {}
}

const STORAGES: ReadonlyMap<string, ElementType> = new Map([
  ['torch.DoubleStorage', ELEMENT_TYPES.float64],
  ['torch.FloatStorage', ELEMENT_TYPES.float32],
  ['torch.HalfStorage', ELEMENT_TYPES.float16],
  ['torch.BFloat16Storage', ELEMENT_TYPES.bfloat16],
  ['torch.LongStorage', ELEMENT_TYPES.int64],
  ['torch.IntStorage', ELEMENT_TYPES.int32],
  ['torch.ShortStorage', ELEMENT_TYPES.int16],
  ['torch.CharStorage', ELEMENT_TYPES.int8],
  ['torch.ByteStorage', ELEMENT_TYPES.uint8],
  ['torch.BoolStorage', ELEMENT_TYPES.boolean],
  ['torch.storage.UntypedStorage', ELEMENT_TYPES.uint8],
]);

/** Element types by themselves, as newer tensors and the settings in a checkpoint name them. */
const TYPES: ReadonlyMap<string, ElementType> = new Map(
  Object.entries({ ...ELEMENT_TYPES, bool: ELEMENT_TYPES.boolean }).map(([name, type]) => [
    `torch.${name}`,
    type,
  ]),
);

/** Bytes of elements that cascade steps over. */
const FOREIGN_BYTES: ReadonlyMap<string, number> = new Map([
  ['torch.ComplexFloatStorage', 8],
  ['torch.ComplexDoubleStorage', 16],
  ['torch.QInt8Storage', 1],
  ['torch.QUInt8Storage', 1],
  ['torch.QInt32Storage', 4],
  ['torch.QUInt4x2Storage', 1],
  ['torch.QUInt2x4Storage', 1],
]);

/** Longest key of a storage; PyTorch counts them. */
const LONGEST_KEY = 1000;

type Construct = (values: readonly PickleValue[], file: string) => PickleValue | undefined;

const TENSORS: ReadonlyMap<string, Construct> = new Map<string, Construct>([
  ['torch._utils._rebuild_tensor', tensorView],
  ['torch._utils._rebuild_tensor_v2', tensorView],
  ['torch._utils._rebuild_tensor_v3', tensorView],
]);

/** The functions that tensors need, and nothing else. */
const FUNCTIONS: ReadonlyMap<string, Construct> = new Map<string, Construct>([
  ...TENSORS,
  ['collections.OrderedDict', orderedDictionary],
  ['torch.Size', ([sizes = []]) => sizes],
  ['torch._utils._rebuild_parameter', wrappedTensor],
  ['torch._utils._rebuild_parameter_with_state', wrappedTensor],
  ['torch._utils._rebuild_device_tensor_from_cpu_tensor', wrappedTensor],
  ['torch._tensor._rebuild_from_type_v2', typedTensor],
  ['torch._tensor._rebuild_from_type', typedTensor],
]);

/** How PyTorch writes tensors into pickles (torch/_utils.py, torch/_tensor.py, torch/serialization.py). */
export class TorchDialect implements PickleDialect {
  /** The storages met so far, by key. */
  readonly storages = new Map<string, StorageReference>();

  /** @param file named in the errors. */
  constructor(readonly file: string) {}

  apply(path: string, values: readonly PickleValue[]): PickleValue | undefined {
    return FUNCTIONS.get(path)?.(values, this.file);
  }

  /** Storages; of anything else that a file keeps outside its pickle (a module with its source, before PyTorch 1.6) the thing itself. */
  resolve(identifier: PickleValue): PickleValue {
    const [tag, content = null] = Array.isArray(identifier) ? (identifier as PickleValue[]) : [];
    if (tag === 'module') return content;
    if (tag !== 'storage') return new PickleObject('a persistent identifier');
    const storage = storageReference(identifier as PickleValue[], this.file);
    this.storages.set(storage.key, storage);
    return storage;
  }
}

/** A parameter, or a tensor of another device: the tensor first. */
function wrappedTensor([tensor]: readonly PickleValue[]): PickleValue | undefined {
  return tensor instanceof TensorView ? tensor : undefined;
}

/** `(function, subclass, arguments, attributes)` of a tensor with attributes or of a class of its own. */
function typedTensor([construct, , values]: readonly PickleValue[], file: string): PickleValue | undefined {
  if (!(construct instanceof PickleGlobal) || !Array.isArray(values)) return undefined;
  return TENSORS.get(construct.path)?.(values, file);
}

/** Python 2 hands the items over as a list of pairs; later ones set them afterwards. */
function orderedDictionary([pairs = []]: readonly PickleValue[], file: string): PickleValue {
  const isPairs = Array.isArray(pairs) && pairs.every((pair) => Array.isArray(pair) && pair.length === 2);
  if (!isPairs) throw damaged(file);
  return new Map(pairs as [PickleValue, PickleValue][]);
}

/**
 * `(storage, offset, shape, strides, requires_grad, hooks)`, and behind them the element type where the storage is untyped, and the
 * bits that say how its numbers are meant. A tensor of elements that cascade does not decode stays inert, under the name of their type.
 */
function tensorView(values: readonly PickleValue[], file: string): TensorView | PickleObject | undefined {
  const [storage, offset, shape, strides] = values;
  if (storage instanceof PickleObject) return undefined;
  if (!(storage instanceof StorageReference) || !isCount(offset)) throw damaged(file);
  for (const sizes of [shape, strides]) if (Array.isArray(sizes)) checkAxes(sizes.length, file);
  if (!isCounts(shape) || !isCounts(strides) || shape.length !== strides.length) throw damaged(file);
  const named = values[6] instanceof PickleGlobal ? values[6].path : undefined;
  if (named !== undefined && !TYPES.has(named)) return new PickleObject(named);
  if (!('decode' in storage.type)) return new PickleObject(storage.type.name);
  const type = named === undefined ? storage.type : TYPES.get(named)!;
  const bits = values.slice(6).find((value) => value instanceof Map);
  return new TensorView(storage, type, offset, shape, strides, bits?.get('neg') === true);
}

/** `('storage', class, key, device, elements)` and, before PyTorch 0.4, the stretch of another storage that it is. */
function storageReference(identifier: readonly PickleValue[], file: string): StorageReference {
  const [, kind, key, , elements, stretch] = identifier;
  const isStorage = kind instanceof PickleGlobal && typeof key === 'string' && isCount(elements);
  if (!isStorage || key.length > LONGEST_KEY) throw damaged(file);
  const type = STORAGES.get(kind.path) ?? { name: kind.path, bytes: FOREIGN_BYTES.get(kind.path) };
  const start: unknown = Array.isArray(stretch) ? stretch[1] : 0;
  if (!isCount(start)) throw damaged(file);
  return new StorageReference(key, type, elements, start);
}
