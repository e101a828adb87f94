import test from 'ava';
import { openBackend } from '../../../lib/engine/tensorflow/backend.js';

test('a backend that is asked for several times at once is opened for all', async (t) => {
  const opened = await Promise.all([openBackend('wasm'), openBackend('wasm'), openBackend('wasm')]);
  t.deepEqual(
    opened.map(({ backend }) => backend),
    ['wasm', 'wasm', 'wasm'],
  );
});
