import path from 'node:path';
import test from 'ava';
import { inputShapeOf, macsOf, readMember } from '../../../lib/cascade/chain/chain-member.js';
import { locateDataset } from '../../../lib/data/dataset.js';
import { runCascade } from '../../support/run-cascade.js';
import { SIZE, workshop } from '../../support/workshop.js';

test('a network of a chain takes images of a size of its own, and costs what it costs at that size', async (t) => {
  const folder = await workshop(t);
  const { description } = await locateDataset(path.join(folder, 'noise'), folder);
  const file = path.join(folder, 'backbone.safetensors');
  const usual = await readMember(file, description);
  const small = await readMember(file, description, [SIZE / 2, SIZE / 2]);
  t.deepEqual(inputShapeOf(usual), [1, SIZE, SIZE]);
  t.deepEqual(inputShapeOf(small), [1, SIZE / 2, SIZE / 2]);
  // All but the last layer, of 64 features and 3 classes, is convolutions, which compute a quarter of the pixels.
  t.is(macsOf(small) - 64 * 3, (macsOf(usual) - 64 * 3) / 4);
});

test('as many sizes as networks are wanted', async (t) => {
  const folder = await workshop(t);
  const words = ['chain', 'backbone.safetensors', 'backbone.safetensors', '--data', 'noise'];
  const { code, stderr } = await runCascade(folder, ...words, '--image-sizes', '8', '--out', 'a.cascade');
  t.is(code, 2);
  t.is(stderr, 'cascade: --image-sizes has 1 size for 2 networks; give one for each, in their order.\n');
});
