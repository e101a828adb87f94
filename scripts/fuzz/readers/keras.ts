import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Hdf5Model, readHdf5Model } from '../../../lib/weights/keras/hdf5-model.js';
import { storedEntries } from '../../../lib/weights/zip.js';
import { oneOf } from '../mutation.js';
import { damageBytes } from '../mutations/bytes.js';
import { damageHdf5 } from '../mutations/hdf5.js';
import { damageJson } from '../mutations/json.js';
import { damageZip } from '../mutations/zip.js';
import { only, type Reader } from '../reader.js';
import { eachFixture, fixtures } from '../samples.js';
import { inspectNetwork } from './weights.js';

const FOLDER = path.join('weights', 'keras');

function readWeights(weights: Uint8Array, config: string | undefined, file: string): Promise<unknown> {
  const model: Hdf5Model = { weights, config, imageSize: undefined, file };
  return readHdf5Model(model);
}

/** Read in this thread, since to start one a file takes a third of a second; what fails here is asked again in its own. */
const hdf5: Reader = {
  name: 'keras-h5',
  samples: () => eachFixture(FOLDER, ['residual-keras2.h5', 'residual-keras3.h5']),
  mutationOf: () => damageHdf5,
  async read(folder, files) {
    const file = path.join(folder, only(files));
    return readWeights(await readFile(file), undefined, file);
  },
  confirm: (folder, files) => inspectNetwork(path.join(folder, only(files))),
};

const archive: Reader = {
  name: 'keras-archive',
  samples: () => eachFixture(FOLDER, ['chain-keras2.keras', 'chain-keras3.keras', 'residual-keras3.keras']),
  mutationOf: () =>
    damageZip((member) =>
      member.endsWith('.json') ? oneOf(damageJson, damageJson, damageBytes) : damageHdf5,
    ),
  async read(folder, files) {
    const file = path.join(folder, only(files));
    const entries = await storedEntries(await readFile(file), file);
    const [weights, config] = [entries.get('model.weights.h5'), entries.get('config.json')];
    if (weights !== undefined && config !== undefined) return readWeights(weights, config.toString(), file);
    return inspectNetwork(file);
  },
  confirm: (folder, files) => inspectNetwork(path.join(folder, only(files))),
};

const SHARDS = {
  'chain-tfjs': ['group1-shard1of2.bin', 'group1-shard2of2.bin'],
  'chain-tfjs-float16': ['group1-shard1of1.bin'],
  'chain-tfjs-uint16': ['group1-shard1of1.bin'],
};

const tfjs: Reader = {
  name: 'tfjs-layers-model',
  samples: () =>
    Promise.all(
      Object.entries(SHARDS).map(([model, names]) =>
        fixtures(
          FOLDER,
          ['model.json', ...names].map((name) => `${model}/${name}`),
        ),
      ),
    ),
  mutationOf: (file) => (file.endsWith('.json') ? oneOf(damageJson, damageJson, damageBytes) : damageBytes),
  read: (folder, files) => inspectNetwork(path.join(folder, files.find((file) => file.endsWith('.json'))!)),
};

export const KERAS_READERS = [hdf5, archive, tfjs] as const;
