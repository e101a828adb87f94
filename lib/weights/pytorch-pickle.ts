import { damaged } from './damaged.js';
import { ELEMENT_TYPES, type ElementType } from './element-types.js';
import { type PickleDialect, PickleGlobal, type PickleValue } from './pickle.js';

/** A stretch of memory that tensors look into, by the key under which a file keeps its bytes. */
export class StorageReference {
  constructor(
    readonly key: string,
    readonly type: ElementType,
    readonly elements: number,
    /** Element of the keyed bytes at which it begins; not 0 only where files before PyTorch 0.4 share them. */
    readonly start: number,
  ) {}
}

/** A tensor as a pickle describes it: a view into a storage. Offset and strides count elements. */
export class TensorView {
  constructor(
    readonly storage: StorageReference,
    readonly type: ElementType,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
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

type Construct = (values: readonly PickleValue[], file: string) => PickleValue;

/** The functions that tensors need, and nothing else. */
const FUNCTIONS: ReadonlyMap<string, Construct> = new Map<string, Construct>([
  ['collections.OrderedDict', orderedDictionary],
  ['torch.Size', ([sizes = []]) => sizes],
  ['torch._utils._rebuild_parameter', ([tensor = null]) => tensor],
  ['torch._utils._rebuild_tensor', tensorView],
  ['torch._utils._rebuild_tensor_v2', tensorView],
  ['torch._utils._rebuild_tensor_v3', tensorView],
]);

/** How PyTorch writes tensors into pickles (torch/_utils.py, torch/serialization.py). */
export class TorchDialect implements PickleDialect {
  /** The storages met so far, by key. */
  readonly storages = new Map<string, StorageReference>();

  /** @param file named in the errors. */
  constructor(readonly file: string) {}

  knows(path: string): boolean {
    return FUNCTIONS.has(path) || STORAGES.has(path) || TYPES.has(path);
  }

  apply(path: string, values: readonly PickleValue[]): PickleValue {
    const construct = FUNCTIONS.get(path);
    if (construct === undefined) throw damaged(this.file);
    return construct(values, this.file);
  }

  resolve(identifier: PickleValue): PickleValue {
    const storage = storageReference(identifier, this.file);
    this.storages.set(storage.key, storage);
    return storage;
  }
}

/** Python 2 hands the items over as a list of pairs; later ones set them afterwards. */
function orderedDictionary([pairs = []]: readonly PickleValue[], file: string): PickleValue {
  const isPairs = Array.isArray(pairs) && pairs.every((pair) => Array.isArray(pair) && pair.length === 2);
  if (!isPairs) throw damaged(file);
  return new Map(pairs as [PickleValue, PickleValue][]);
}

/** `(storage, offset, shape, strides, requires_grad, hooks)`, and behind them the element type where the storage is untyped. */
function tensorView(values: readonly PickleValue[], file: string): TensorView {
  const [storage, offset, shape, strides] = values;
  const named = values[6] instanceof PickleGlobal ? TYPES.get(values[6].path) : undefined;
  const isView =
    storage instanceof StorageReference && isCount(offset) && isCounts(shape) && isCounts(strides);
  if (!isView || shape.length !== strides.length) throw damaged(file);
  return new TensorView(storage, named ?? storage.type, offset, shape, strides);
}

/** `('storage', class, key, device, elements)` and, before PyTorch 0.4, the stretch of another storage that it is. */
function storageReference(identifier: PickleValue, file: string): StorageReference {
  if (!Array.isArray(identifier)) throw damaged(file);
  const [tag, kind, key, , elements, stretch] = identifier as PickleValue[];
  const type = kind instanceof PickleGlobal ? STORAGES.get(kind.path) : undefined;
  if (tag !== 'storage' || type === undefined || typeof key !== 'string' || !isCount(elements))
    throw damaged(file);
  const start: unknown = Array.isArray(stretch) ? stretch[1] : 0;
  if (!isCount(start)) throw damaged(file);
  return new StorageReference(key, type, elements, start);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}
