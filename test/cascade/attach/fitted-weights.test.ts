import path from 'node:path';
import test from 'ava';
import { keepFitted, readFitted } from '../../../lib/cascade/attach/fitted-weights.js';
import { CascadeError } from '../../../lib/errors.js';
import { headGraph } from '../../../lib/heads/head-graph.js';
import { HEAD_KINDS } from '../../../lib/heads/head-kinds.js';
import { randomParameters } from '../../../lib/network/random-network.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const GRAPH = headGraph(HEAD_KINDS.linear, [2, 4, 4], 3);

test('what was fitted is read back as it was', async (t) => {
  const file = path.join(await temporaryFolder(t), 'head.safetensors');
  const fitted = { parameters: randomParameters(GRAPH, 0), heldOutAccuracy: 0.75 };
  await keepFitted(file, fitted);
  const { parameters, heldOutAccuracy } = await readFitted(file, GRAPH);
  t.deepEqual({ parameters: new Map(parameters), heldOutAccuracy }, fitted);
});

test('a kept head of numbers that are none is refused', async (t) => {
  const file = path.join(await temporaryFolder(t), 'head.safetensors');
  for (const value of [Number.NaN, Number.NEGATIVE_INFINITY]) {
    const parameters = randomParameters(GRAPH, 0);
    [...parameters.values()][0]!.data[1] = value;
    await keepFitted(file, { parameters, heldOutAccuracy: 0.75 });
    await t.throwsAsync(readFitted(file, GRAPH), {
      instanceOf: CascadeError,
      message: /head\.safetensors holds NaN or infinite values in the tensor /,
    });
  }
});
