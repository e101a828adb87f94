import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { comparedMethods } from '../../../lib/calibrate/compared-methods.js';
import type { HalvingOptions } from '../../../lib/cascade/compare/compare-halving.js';
import { openKeptHalvings } from '../../../lib/cascade/compare/kept-halvings.js';
import { readsOrRefuses } from '../../support/mutations.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const OPTIONS: HalvingOptions = {
  methods: comparedMethods(
    { methods: ['paper-path', 'exit-policy'], criteria: ['softmax'], average: [0], top: 1 },
    [[0]],
  ),
  ...{ drops: [0.01], budgets: [0.7], confidence: 0.9, currency: 'macs', ends: [0] },
  prices: { macs: { backbone: [1], heads: [1], full: 4 }, time: null },
};
const FIGURES = {
  free: OPTIONS.methods.map(() => ({ macs: { savedAtDrop: [0.4], dropAtBudget: [null] } })),
  promised: OPTIONS.methods.map((_, method) =>
    method === 0 ? [{ macs: { drop: 0.01, saved: 0.3 } }] : null,
  ),
  alone: [{ macs: { drop: 0.03, saved: 0.5 } }],
};

test('halvings are kept one by one, and those of another plan are not gone on with', async (t) => {
  const file = path.join(await temporaryFolder(t), 'compare.partial.json');
  const kept = await openKeptHalvings(file, 'a plan', OPTIONS);
  await Promise.all([kept.keep(1, FIGURES), kept.keep(0, FIGURES)]);
  t.deepEqual(JSON.parse(await readFile(file, 'utf8')), {
    plan: 'a plan',
    halvings: [1, 0].map((seed) => ({ seed, figures: FIGURES })),
  });
  t.deepEqual([...(await openKeptHalvings(file, 'a plan', OPTIONS)).figures.keys()], [1, 0]);
  t.is((await openKeptHalvings(file, 'another', OPTIONS)).figures.size, 0);
});

test('a changed file of halvings is understood or refused in one sentence', async (t) => {
  const file = path.join(await temporaryFolder(t), 'compare.partial.json');
  await (await openKeptHalvings(file, 'a plan', OPTIONS)).keep(0, FIGURES);
  await readsOrRefuses(t, file, () => openKeptHalvings(file, 'a plan', OPTIONS));
});

test('figures that are not those which were asked for are refused', async (t) => {
  const file = path.join(await temporaryFolder(t), 'compare.partial.json');
  await (await openKeptHalvings(file, 'a plan', OPTIONS)).keep(0, FIGURES);
  await t.throwsAsync(openKeptHalvings(file, 'a plan', { ...OPTIONS, drops: [0.01, 0.02] }), {
    message: /compare\.partial\.json is damaged \(a halving has other figures than were asked for\)/,
  });
});
