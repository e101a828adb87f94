import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { openKeptHalvings } from '../../../lib/cascade/compare/kept-halvings.js';
import { readsOrRefuses } from '../../support/mutations.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const FIGURES = {
  free: [{ macs: { savedAtDrop: [0.4], dropAtBudget: [null] } }],
  promised: [[{ macs: { drop: 0.01, saved: 0.3 }, time: { drop: 0.01, saved: 0.2 } }], null],
  alone: [{ macs: { drop: 0.03, saved: 0.5 } }],
};

test('halvings are kept one by one, and those of another plan are not gone on with', async (t) => {
  const file = path.join(await temporaryFolder(t), 'compare.partial.json');
  const kept = await openKeptHalvings(file, 'a plan');
  await Promise.all([kept.keep(1, FIGURES), kept.keep(0, FIGURES)]);
  t.deepEqual(JSON.parse(await readFile(file, 'utf8')), {
    plan: 'a plan',
    halvings: [1, 0].map((seed) => ({ seed, figures: FIGURES })),
  });
  t.deepEqual([...(await openKeptHalvings(file, 'a plan')).figures.keys()], [1, 0]);
  t.is((await openKeptHalvings(file, 'another')).figures.size, 0);
});

test('a changed file of halvings is understood or refused in one sentence', async (t) => {
  const file = path.join(await temporaryFolder(t), 'compare.partial.json');
  await (await openKeptHalvings(file, 'a plan')).keep(0, FIGURES);
  await readsOrRefuses(t, file, () => openKeptHalvings(file, 'a plan'));
});
