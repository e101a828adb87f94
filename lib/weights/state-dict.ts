import { CascadeError } from '../errors.js';
import { elementCount, type Tensor } from '../network/tensor.js';
import { damaged } from './damaged.js';
import type { PickleValue } from './pickle.js';
import { TensorView } from './pytorch-pickle.js';
import { gathered } from './strided.js';

/** Keys under which training scripts keep the state dictionary inside a checkpoint. */
const NESTINGS = ['state_dict', 'model', 'model_state_dict', 'net', 'ema'];

/**
 * The tensors of an unpickled state dictionary, or of a checkpoint that holds one, copied out of their storages as float32 in
 * row-major order. Other values are left out.
 *
 * @param bytesOf the bytes kept under a storage's key, or undefined.
 * @param fileLength in bytes: no honest file describes more numbers than that.
 * @throws CascadeError if there is no state dictionary, or a tensor looks beyond its storage.
 */
export function stateDictTensors(
  root: PickleValue,
  bytesOf: (key: string) => Buffer | undefined,
  fileLength: number,
  file: string,
): ReadonlyMap<string, Tensor> {
  const views = tensorViews(root, new Set());
  if (views === undefined) {
    throw new CascadeError(
      `${file} holds no state_dict of tensors; save the model with torch.save(model.state_dict(), …).`,
    );
  }
  // Counted before anything is allocated: views of one storage could ask for any amount of memory.
  const elements = views.reduce((sum, [, { shape }]) => sum + elementCount(shape), 0);
  if (!(elements <= fileLength)) {
    throw new CascadeError(
      `${file} describes tensors of ${elements} numbers in ${fileLength} bytes; save expanded tensors after .contiguous().`,
    );
  }
  return new Map(
    views.map(([name, view]) => {
      const bytes = bytesOf(view.storage.key);
      if (bytes === undefined) throw damaged(file);
      return [name, rowMajor(view, bytes, file)];
    }),
  );
}

/** @param seen dictionaries looked into already, since one may hold itself. */
function tensorViews(root: PickleValue, seen: Set<PickleValue>): [string, TensorView][] | undefined {
  if (!(root instanceof Map) || seen.has(root)) return undefined;
  seen.add(root);
  // The nested ones first: a checkpoint may hold single tensors, such as the best accuracy, beside its state dictionary.
  for (const key of NESTINGS) {
    const nested = root.has(key) ? tensorViews(root.get(key), seen) : undefined;
    if (nested !== undefined) return nested;
  }
  const views = [...root].filter(([name, value]) => typeof name === 'string' && value instanceof TensorView);
  return views.length > 0 ? views : undefined;
}

function rowMajor(
  { storage, type, offset, shape, strides }: TensorView,
  bytes: Buffer,
  file: string,
): Tensor {
  const count = elementCount(shape);
  const start = storage.start * storage.type.bytes + offset * type.bytes;
  const span = count === 0 ? 0 : shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, 1);
  const end = start + span * type.bytes;
  if (end > bytes.length) throw damaged(file);
  const values = type.decode(bytes.subarray(start, end));
  return { shape, data: isRowMajor(shape, strides) ? values : gathered(values, shape, strides) };
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}
