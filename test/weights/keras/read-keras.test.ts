import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import { openEngine } from '../../../lib/engine/open-engine.js';
import { CascadeError } from '../../../lib/errors.js';
import { readJson } from '../../../lib/files/read-json.js';
import { foldBatchNormalization } from '../../../lib/network/fold-batch-norm.js';
import { readKerasArchive, readKerasHdf5 } from '../../../lib/weights/keras/read-keras.js';
import { readNetwork } from '../../../lib/weights/read-network.js';
import { storedEntries } from '../../../lib/weights/zip.js';

const FIXTURES = path.join('test', 'weights', 'keras', 'fixtures');
const SIZE = [32, 32] as const;

/** Models by Keras and the tensorflowjs converter, and where TensorFlow's logits of them are (fixtures/make.py). */
const MODELS = [
  { model: 'residual-keras2.h5', reference: 'residual-keras2', tolerance: 1e-4 },
  { model: 'residual-keras2.keras', reference: 'residual-keras2', tolerance: 1e-4 },
  { model: 'residual-keras3.h5', reference: 'residual-keras3', tolerance: 1e-4 },
  { model: 'residual-keras3.keras', reference: 'residual-keras3', tolerance: 1e-4 },
  { model: 'chain-keras2.keras', reference: 'chain-keras2', tolerance: 1e-4 },
  { model: 'chain-keras3.keras', reference: 'chain-keras3', tolerance: 1e-4 },
  { model: 'residual-tfjs', reference: 'residual-keras2', tolerance: 1e-4 },
  { model: path.join('chain-tfjs', 'model.json'), reference: 'chain-keras2', tolerance: 1e-4 },
  { model: 'residual-tfjs-uint16', reference: 'residual-keras2', tolerance: 1e-2 },
  { model: 'chain-tfjs-float16', reference: 'chain-keras2', tolerance: 1e-2 },
] as const;

interface Reference {
  /** Two images, channels first. */
  readonly images: readonly number[];
  readonly logits: readonly number[];
}

for (const { model, reference, tolerance } of MODELS) {
  test(`${model} gives TensorFlow's logits, relatively within ${tolerance}`, async (t) => {
    const { network } = await readNetwork(path.join(FIXTURES, model), SIZE);
    const expected = (await readJson(path.join(FIXTURES, `${reference}.json`), 'missing')) as Reference;
    const engine = await openEngine();
    const program = await engine.load(foldBatchNormalization(network), {});
    const [logits] = await program.run(Float32Array.from(expected.images), 2);
    await program.dispose();
    t.is(logits!.length, expected.logits.length);
    const scale = Math.max(...expected.logits.map(Math.abs));
    for (const [index, value] of expected.logits.entries()) {
      t.true(Math.abs(logits![index]! - value) < tolerance * scale, `${logits![index]} instead of ${value}`);
    }
  });
}

test("a model's name tells its architecture, and its softmax is no part of the graph", async (t) => {
  const { architecture, network } = await readNetwork(path.join(FIXTURES, 'chain-keras3.keras'), SIZE);
  t.is(architecture, 'Network (Keras, chain)');
  t.is(network.graph.output, 'classes');
  t.deepEqual(network.graph.inputShape, [2, 6, 6]);
});

test('a residual network is called by the number of its blocks', async (t) => {
  const { architecture } = await readNetwork(path.join(FIXTURES, 'residual-keras3.keras'), SIZE);
  t.is(architecture, 'Residual network of 1 block (Keras, residual)');
});

test('a .keras file with any byte of its weights changed is called damaged', async (t) => {
  const name = 'chain-keras3.keras';
  const bytes = await readFile(path.join(FIXTURES, name));
  const first = bytes.indexOf('\x89HDF', 'latin1');
  const last = bytes.indexOf('PK\x01\x02', first, 'latin1') - 1;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: first, max: last }),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const copy = Buffer.from(bytes);
        copy[at] = copy[at]! ^ flip;
        await t.throwsAsync(readKerasArchive(copy, SIZE, name), {
          instanceOf: CascadeError,
          message: `${name} is cut off or damaged; get the file again.`,
        });
      },
    ),
    { numRuns: 50 },
  );
});

for (const [name, read] of [
  ['residual-keras3.h5', readKerasHdf5],
  ['residual-keras3.keras', readKerasArchive],
] as const) {
  test(`${name}, cut off anywhere, is called damaged`, async (t) => {
    const bytes = await readFile(path.join(FIXTURES, name));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        await t.throwsAsync(read(bytes.subarray(0, length), SIZE, name), {
          instanceOf: CascadeError,
          message: `${name} is cut off or damaged; get the file again.`,
        });
      }),
      { numRuns: 20 },
    );
  });
}

/** Milliseconds, so that a file that takes the HDF5 library for ever ends soon; others take 0.3 s. */
const TIME_LIMIT = 3000;

test('a .h5 file with any byte changed is read or refused in one sentence', async (t) => {
  const name = 'residual-keras2.h5';
  const bytes = await readFile(path.join(FIXTURES, name));
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const copy = Buffer.from(bytes);
      copy[at] = copy[at]! ^ flip;
      try {
        await readKerasHdf5(copy, SIZE, name, TIME_LIMIT);
      } catch (error) {
        t.true(error instanceof CascadeError, String(error));
        t.regex((error as CascadeError).message, new RegExp(`^${name} [^\\n]+\\.$`));
      }
    }),
    { numRuns: 10 },
  );
});

test('a .h5 file in which the HDF5 library goes round in circles is given up, and not called damaged', async (t) => {
  const name = 'residual-keras2.h5';
  const bytes = await readFile(path.join(FIXTURES, name));
  // Found by trial: with this byte, h5wasm 0.10.3 ran on until it was stopped.
  bytes[8376]! ^= 98;
  await t.throwsAsync(readKerasHdf5(bytes, SIZE, name, TIME_LIMIT), {
    instanceOf: CascadeError,
    message: `${name} was still being read after 3.0 s of processor time, where cascade stops; a file of this size takes far less, so try again, and if it stays so save the model again.`,
  });
});

test('weights without a model are told from whole models', async (t) => {
  const file = path.join(FIXTURES, 'chain-keras3.keras');
  const weights = (await storedEntries(await readFile(file), file)).get('model.weights.h5')!;
  await t.throwsAsync(readKerasHdf5(weights, SIZE, 'w.h5'), {
    instanceOf: CascadeError,
    message:
      "w.h5 holds weights without their model's structure; save the whole model with model.save('….keras') or model.save('….h5').",
  });
});
