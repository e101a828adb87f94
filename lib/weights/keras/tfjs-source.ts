import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError, systemReason } from '../../errors.js';
import { readBytes } from '../read-bytes.js';

const MODEL = 'model.json';
const URL_PATTERN = /^https?:\/\//i;

/** Where the files of a TensorFlow.js model are. */
export interface TfjsSource {
  /** Path or address of the `model.json`. */
  readonly model: string;
  /** Reads a file by its path relative to the `model.json`. @throws CascadeError if it cannot be read. */
  read(relative: string): Promise<Buffer>;
}

/**
 * The TensorFlow.js model that a path or address stands for: the address of a `model.json` or of its folder, a path of a `.json`
 * file, or a folder; undefined for anything else.
 */
export async function findTfjsModel(location: string): Promise<TfjsSource | undefined> {
  if (URL_PATTERN.test(location)) return remote(location);
  const isFolder = await stat(location).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder && !location.endsWith('.json')) return undefined;
  const model = isFolder ? path.join(location, MODEL) : location;
  return { model, read: (relative) => readBytes(path.join(path.dirname(model), relative)) };
}

function remote(location: string): TfjsSource {
  const address = new URL(location);
  if (!address.pathname.endsWith('.json')) address.pathname = path.posix.join(address.pathname, MODEL);
  return {
    model: address.href,
    read: (relative) => {
      const part = new URL(address);
      // Queries, such as signatures, hold for all files.
      part.pathname = path.posix.join(path.posix.dirname(address.pathname), relative);
      return downloaded(part.href);
    },
  };
}

async function downloaded(address: string): Promise<Buffer> {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    const { cause } = error as Error;
    throw new CascadeError(
      `${address} cannot be downloaded: ${systemReason(cause ?? error)}; check the address, or download model.json and its shards yourself.`,
      undefined,
      { cause: error },
    );
  }
}

/** The file's name in a `model.json`'s folder. */
export function modelFileName({ model }: TfjsSource): string {
  return path.posix.basename(URL_PATTERN.test(model) ? new URL(model).pathname : model);
}
