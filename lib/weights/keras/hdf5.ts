import type { Dataset, Group, File as Hdf5Handle } from 'h5wasm';
import { CascadeError } from '../../errors.js';
import type { Tensor } from '../../network/tensor.js';
import { damaged } from '../damaged.js';
import { quoted } from '../quoted.js';
import type { StoredTensor } from './weight-store.js';

/** Format signature of a superblock at the file's beginning (HDF5 file format specification 3.0, II.A). */
const SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** Class of floating-point numbers among HDF5's types (H5Tpublic.h: H5T_FLOAT). */
const FLOAT = 1;

/** Whether bytes begin like an HDF5 file. */
export function isHdf5(bytes: Buffer): boolean {
  return bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

/** An open HDF5 file. Paths are `/`-separated, from its root. */
export class Hdf5File {
  readonly #handle: Hdf5Handle;

  constructor(
    handle: Hdf5Handle,
    readonly bytes: number,
    /** Named in the errors. */
    readonly file: string,
  ) {
    this.#handle = handle;
  }

  /** Names of what a group holds; undefined if there is no such group. */
  keys(path: string): readonly string[] | undefined {
    return this.#group(path)?.keys();
  }

  /** Text, or a list of texts, that is attached to a group; undefined if there is none. */
  attribute(path: string, name: string): unknown {
    return this.#group(path)?.attrs[name]?.value;
  }

  /** @throws CascadeError if it does not hold 32- or 64-bit floating-point numbers. */
  tensor(path: string): StoredTensor | undefined {
    const dataset = this.#get<Dataset>(path, 'Dataset');
    if (dataset === undefined) return undefined;
    const { shape, type, size, total_size: elements } = dataset.metadata;
    if (type !== FLOAT || (size !== 4 && size !== 8)) {
      throw new CascadeError(
        `${this.file} holds ${quoted(path)} in numbers other than float32; save the model in float32.`,
      );
    }
    return { shape: shape ?? [], read: () => this.#read(dataset, elements * size) };
  }

  #read(dataset: Dataset, bytes: number): Tensor {
    // Keras compresses nothing, so that no honest file describes more numbers than it has bytes for.
    if (!(bytes <= this.bytes)) throw damaged(this.file);
    return {
      shape: dataset.shape ?? [],
      data: new Float32Array(dataset.value as Float32Array | Float64Array),
    };
  }

  #group(path: string): Group | undefined {
    return this.#get<Group>(path === '' ? '/' : path, 'Group');
  }

  /** What stands at a path, if it is of the wanted kind. */
  #get<Kind extends Group | Dataset>(path: string, kind: 'Group' | 'Dataset'): Kind | undefined {
    const entity = this.#handle.get(path);
    return entity !== null && 'type' in entity && entity.type === kind ? (entity as Kind) : undefined;
  }
}

/**
 * Opens an HDF5 file's bytes for as long as `use` takes. The library sees them in a file system of its own, so that links in it
 * lead to no other file.
 *
 * @throws CascadeError if the file is damaged.
 */
export async function withHdf5<Result>(
  bytes: Uint8Array,
  file: string,
  use: (opened: Hdf5File) => Result,
): Promise<Result> {
  const { File, ready } = await import('h5wasm');
  const module = await ready;
  module.activate_throwing_error_handler();
  const place = '/weights.h5';
  module.FS.writeFile(place, bytes);
  try {
    const handle = new File(place, 'r');
    try {
      return use(new Hdf5File(handle, bytes.length, file));
    } finally {
      handle.close();
    }
  } catch (error) {
    throw error instanceof CascadeError ? error : damaged(file, error);
  } finally {
    module.FS.unlink(place);
  }
}
