import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError, usageError } from '../../errors.js';
import { networkReason } from '../../files/network-reason.js';
import { readWhole } from '../../files/open-for-reading.js';
import { stallGuard } from '../../files/stall-guard.js';
import { leadsInside } from '../leads-inside.js';
import { quoted } from '../quoted.js';

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
 *
 * @throws CascadeError if an address is none, or a folder has no `model.json`.
 */
export async function findTfjsModel(location: string): Promise<TfjsSource | undefined> {
  if (URL_PATTERN.test(location)) return remote(location);
  const isFolder = await stat(location).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder && !location.endsWith('.json')) return undefined;
  const model = isFolder ? path.join(location, MODEL) : location;
  if (isFolder && !existsSync(model))
    throw usageError(
      `${location} is a folder without a ${MODEL} of TensorFlow.js; give the file of a trained network.`,
    );
  return { model, read: (relative) => readBeside(model, relative) };
}

/** @throws CascadeError if it is no file, or a link leads it out of the model's folder. */
async function readBeside(model: string, relative: string): Promise<Buffer> {
  const file = path.join(path.dirname(model), relative);
  const isInside = await leadsInside(file, model).catch(() => undefined);
  if (isInside === false) {
    throw new CascadeError(
      `${model} names the shard ${quoted(relative)}, which is a link out of the folder of the model.json; put the file itself there.`,
    );
  }
  const found = await stat(file).catch(() => undefined);
  if (found !== undefined && !found.isFile()) {
    throw new CascadeError(`${quoted(file)} is no file, and ${model} keeps its weights in files.`);
  }
  return readWhole(file);
}

function remote(location: string): TfjsSource {
  if (!URL.canParse(location)) throw usageError(`${location} is no address; write it as https://….`);
  const address = new URL(location);
  if (!address.pathname.endsWith('.json')) address.pathname = path.posix.join(address.pathname, MODEL);
  return {
    model: address.href,
    read: async (relative) => {
      const part = new URL(address);
      // Queries, such as signatures, hold for all files.
      const folder = path.posix.dirname(address.pathname);
      part.pathname = path.posix.join(folder, relative);
      // Dots may be written as %2e, which addresses take for the same.
      if (!part.pathname.startsWith(folder)) {
        throw new CascadeError(
          `${address.href} names the shard ${quoted(relative)}, and shards lie in the folder of the model.json.`,
        );
      }
      return downloaded(part.href);
    },
  };
}

async function downloaded(address: string): Promise<Buffer> {
  const guard = stallGuard();
  try {
    const { signal } = guard;
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body ?? []) {
      guard.alive();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw new CascadeError(
      `${address} cannot be downloaded: ${networkReason(error)}; check the address, or download model.json and its shards yourself.`,
      undefined,
      { cause: error },
    );
  } finally {
    guard.stop();
  }
}

/** The file's name in a `model.json`'s folder. */
export function modelFileName({ model }: TfjsSource): string {
  return path.posix.basename(URL_PATTERN.test(model) ? new URL(model).pathname : model);
}
