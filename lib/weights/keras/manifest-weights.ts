import { CascadeError } from '../../errors.js';
import { elementCount } from '../../network/tensor.js';
import { damaged } from '../damaged.js';
import { ELEMENT_TYPES, type ElementType } from '../element-types.js';
import { quoted } from '../quoted.js';
import { type JsonObject, listOf, membersOf, shownText } from './json.js';
import type { LayerPath } from './keras-layer.js';
import { nameOfWeight } from './named-weights.js';
import type { StoredTensor, Variable, WeightStore } from './weight-store.js';

const TYPES: ReadonlyMap<unknown, ElementType> = new Map([
  ['float32', ELEMENT_TYPES.float32],
  ['float16', ELEMENT_TYPES.float16],
  ['int32', ELEMENT_TYPES.int32],
  ['uint16', ELEMENT_TYPES.uint16],
  ['uint8', ELEMENT_TYPES.uint8],
  ['bool', ELEMENT_TYPES.boolean],
]);

/** One group of a manifest: weights that lie one after another in the joined bytes of some shards. */
export interface WeightGroup {
  /** Relative to the `model.json`. */
  readonly paths: readonly string[];
  readonly weights: readonly unknown[];
}

/**
 * The groups of a TensorFlow.js `weightsManifest`.
 *
 * @throws CascadeError if there is none, or a shard lies outside the model's folder.
 */
export function parseManifest(manifest: unknown, file: string): readonly WeightGroup[] {
  if (!Array.isArray(manifest)) {
    throw new CascadeError(`${file} has no weightsManifest; save the model with its weights.`);
  }
  const named = new Set<unknown>();
  return manifest.map((group) => {
    const { paths, weights } = membersOf(group);
    for (const path of listOf(paths)) {
      const isInside = typeof path === 'string' && !/^[/\\]|:|(^|[/\\])\.\.([/\\]|$)/.test(path);
      if (!isInside) {
        throw new CascadeError(
          `${file} names the shard ${shownText(path)}, and shards lie in the folder of the model.json.`,
        );
      }
    }
    for (const path of listOf(paths)) {
      // Else a small model.json could name one shard a million times.
      if (named.has(path)) throw damaged(file);
      named.add(path);
    }
    return { paths: listOf(paths) as string[], weights: listOf(weights) };
  });
}

/** The weights of a TensorFlow.js layers model: `conv/kernel`, `model/conv/kernel`, in their shards' bytes. */
export class ManifestWeights implements WeightStore {
  readonly #tensors = new Map<string, StoredTensor>();
  /** Names by what they end in. */
  readonly #byEnd = new Map<string, string[]>();
  #bytes = 0;

  constructor(readonly file: string) {}

  /**
   * Takes in one group.
   *
   * @param bytes of its shards, joined.
   * @throws CascadeError if a weight is of an unknown type, or the bytes are too few or too many.
   */
  add({ weights }: WeightGroup, bytes: Buffer): void {
    let position = 0;
    for (const entry of weights) {
      const { name, shape, dtype, quantization } = membersOf(entry);
      const isPlace = typeof name === 'string' && isShape(shape) && !this.#tensors.has(name);
      if (!isPlace) throw damaged(this.file);
      const quantized = membersOf(quantization);
      const type = TYPES.get(quantized['dtype'] ?? dtype);
      if (type === undefined) {
        throw new CascadeError(
          `${this.file} has the weight ${quoted(name)} in the type ${shownText(quantized['dtype'] ?? dtype)}, which cascade does not read.`,
        );
      }
      const end = position + elementCount(shape) * type.bytes;
      if (!(end <= bytes.length)) throw this.#misfit(bytes);
      const part = bytes.subarray(position, end);
      this.#tensors.set(name, {
        shape,
        read: () => ({ shape, data: dequantized(type.decode(part), quantized) }),
      });
      const key = endOf(name);
      const others = this.#byEnd.get(key);
      if (others === undefined) this.#byEnd.set(key, [name]);
      else others.push(name);
      position = end;
    }
    if (position !== bytes.length) throw this.#misfit(bytes);
    this.#bytes += bytes.length;
  }

  find(path: LayerPath, variable: Variable): StoredTensor | undefined {
    const layer = path.at(-1)!.name;
    const likely = variable.names.flatMap((name) => this.#byEnd.get(endOf(`${layer}/${name}`)) ?? []);
    const name = nameOfWeight(likely, path, variable, 1);
    return name === undefined ? undefined : this.#tensors.get(name);
  }

  get bytes(): number {
    return this.#bytes;
  }

  #misfit(bytes: Buffer): CascadeError {
    return new CascadeError(
      `${this.file} does not describe the ${bytes.length} bytes of its shards; get the model.json and all shards again.`,
    );
  }
}

/** The last two parts of a weight's name, its layer's and its own: `conv/kernel` of `model/conv/kernel:0`. */
function endOf(name: string): string {
  return name.replace(/:\d+$/, '').split('/').slice(-2).join('/');
}

function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** Whole numbers stand for `min + scale · number`, where a model was quantized to them; halves for themselves. */
function dequantized(values: Float32Array, { scale, min = 0 }: JsonObject): Float32Array {
  return typeof scale === 'number' && typeof min === 'number'
    ? values.map((value) => min + scale * value)
    : values;
}
