import { CascadeError } from '../../errors.js';
import { elementCount, type Tensor } from '../../network/tensor.js';
import { checkedName } from '../checked-name.js';
import { damaged } from '../damaged.js';
import { quoted } from '../quoted.js';
import { isModule, moduleEntries } from './module-entries.js';
import { PickleObject, type PickleValue } from './pickle-value.js';
import { TensorView } from './pytorch-pickle.js';
import { gatheredBytes } from './strided.js';
import { UndecodedTensor } from './undecoded-tensor.js';

/** A dictionary of tensors as a file holds it; a file may hold several. */
export interface StateDict {
  /** The keys that lead to it; none for the top level of the file. */
  readonly path: readonly string[];
  /** Decoded when their numbers are asked for. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Other things that it holds, by name: the class of each. */
  readonly foreign: ReadonlyMap<string, string>;
}

/** Deepest level that is looked into, the top being 0. */
const DEEPEST = 8;
/** Characters of a key that are kept. */
const LONGEST_KEY = 100;

/**
 * All dictionaries of tensors in an unpickled file, whatever the keys that they lie under: those of a checkpoint, of lists and of
 * objects' attributes, and the parameters and buffers of whole modules. The top comes first.
 *
 * @param bytesOf the bytes kept under a storage's key, or undefined.
 * @throws CascadeError if there is none.
 */
export function findStateDicts(
  root: PickleValue,
  bytesOf: (key: string) => Buffer | undefined,
  file: string,
): readonly StateDict[] {
  const found: StateDict[] = [];
  const tensorOf = (view: TensorView): Tensor =>
    new UndecodedTensor(view.shape, () => decodedView(view, bytesOf(view.storage.key), file));
  let foreign: string | undefined;
  for (const { value, path } of reachable(root)) {
    if (value instanceof PickleObject) foreign ??= value.path;
    const entries = isModule(value) ? moduleEntries(value, file) : entriesOf(value);
    const dictionary = stateDict(entries, path, tensorOf, file);
    if (dictionary.tensors.size > 0) found.push(dictionary);
  }
  if (found.length > 0) return found;
  const instead = foreign === undefined ? '' : `, but something of the class ${quoted(foreign)}`;
  throw new CascadeError(
    `${file} holds no state_dict of tensors${instead}; save the model with torch.save(model.state_dict(), …).`,
  );
}

interface Reached {
  readonly value: PickleValue;
  readonly path: readonly string[];
}

/** Everything that may hold tensors, level by level, each thing once: a pickle may hold itself. */
function reachable(root: PickleValue): readonly Reached[] {
  const reached: Reached[] = [{ value: root, path: [] }];
  const seen = new Set([root]);
  for (const { value, path } of reached) {
    if (path.length === DEEPEST || isModule(value)) continue;
    for (const [key, child] of childrenOf(value)) {
      const isContainer = child instanceof Map || child instanceof PickleObject || Array.isArray(child);
      if (!isContainer || seen.has(child)) continue;
      seen.add(child);
      reached.push({ value: child, path: [...path, String(key).slice(0, LONGEST_KEY)] });
    }
  }
  return reached;
}

function* childrenOf(value: PickleValue): Iterable<[string | number, PickleValue]> {
  if (Array.isArray(value)) yield* value.entries();
  for (const [key, child] of entriesOf(value)) {
    if (typeof key === 'string' || typeof key === 'number') yield [key, child];
  }
  if (!(value instanceof PickleObject)) return;
  if (value.state instanceof Map) {
    for (const [key, child] of value.state) if (typeof key === 'string') yield [key, child];
  } else if (value.state !== undefined) yield ['state', value.state];
  yield* value.values.entries();
}

/** What a dictionary holds, be it of a class of its own. */
function entriesOf(value: PickleValue): ReadonlyMap<PickleValue, PickleValue> {
  if (value instanceof Map) return value;
  return (value instanceof PickleObject && value.entries) || new Map();
}

function stateDict(
  entries: ReadonlyMap<PickleValue, PickleValue>,
  path: readonly string[],
  tensorOf: (view: TensorView) => Tensor,
  file: string,
): StateDict {
  const tensors = new Map<string, Tensor>();
  const foreign = new Map<string, string>();
  for (const [name, value] of entries) {
    if (typeof name !== 'string') continue;
    if (value instanceof TensorView) tensors.set(checkedName(name, file), tensorOf(value));
    else if (value instanceof PickleObject) foreign.set(name, value.path);
  }
  return { path, tensors, foreign };
}

/** A view's numbers as float32 in row-major order. */
function decodedView(view: TensorView, bytes: Buffer | undefined, file: string): Float32Array {
  const elements = storedElements(view, bytes, file);
  return view.isNegated ? elements.map((element) => -element) : elements;
}

/** What the storage holds of a view, in row-major order. */
function storedElements(
  { storage, type, offset, shape, strides }: TensorView,
  bytes: Buffer | undefined,
  file: string,
): Float32Array {
  if (bytes === undefined) throw damaged(file);
  const count = elementCount(shape);
  const start = storage.start * storage.type.bytes! + offset * type.bytes;
  const span = count === 0 ? 0 : shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, 1);
  const end = start + span * type.bytes;
  if (!(end <= bytes.length)) throw damaged(file);
  if (isRowMajor(shape, strides)) return type.decode(bytes.subarray(start, end));
  // Never the whole stretch between the first and the last element: many small views may each lie across a large storage.
  return type.decode(gatheredBytes(bytes.subarray(start, end), type.bytes, shape, strides));
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}
