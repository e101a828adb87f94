import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { loadNetwork } from '../../lib/artifact/attached-network.js';
import { loadCalibrations } from '../../lib/artifact/calibrations.js';
import { chosenCalibration } from '../../lib/artifact/chosen-calibration.js';
import { PARTIAL_FILE, startPartial } from '../../lib/artifact/folders/partial-folder.js';
import { loadManifest } from '../../lib/artifact/manifest.js';
import { atDrop } from '../../lib/artifact/promised-drop.js';
import { evaluateCascade } from '../../lib/cascade/evaluate-cascade.js';
import { openEngine } from '../../lib/engine/open-engine.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { loadPool } from '../../lib/records/recorded-cascade.js';
import { openRouter } from '../../lib/router/open-router.js';
import { flippedBits, readsOrRefuses } from '../support/mutations.js';
import { temporaryFolder } from '../support/run-cascade.js';
import { smallCascade } from '../support/small-cascade.js';
import { smallChain } from '../support/small-chain.js';

for (const [kind, make] of [
  ['cascade', smallCascade],
  ['chain', smallChain],
] as const) {
  test(`a changed cascade.json of a ${kind} is understood or refused in one sentence`, async (t) => {
    const { folder } = await make(t);
    await readsOrRefuses(t, path.join(folder, 'cascade.json'), async () => {
      const manifest = await loadManifest(folder);
      await loadNetwork(folder, manifest);
      await evaluateCascade(folder, manifest, [await chosenCalibration(folder, manifest)]);
      await loadPool(folder, manifest);
    });
  });
}

test('a changed thresholds.json is understood or refused in one sentence', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  await readsOrRefuses(t, path.join(folder, 'thresholds.json'), async () => {
    const { all: calibrations } = await loadCalibrations(folder, manifest);
    for (const calibration of calibrations) {
      await evaluateCascade(folder, manifest, [calibration]);
      if (calibration.promise !== null) atDrop(calibration, 0.2, folder, manifest);
    }
  });
});

for (const [name, kind] of [
  ['onnxruntime', 'cascade'],
  ['tensorflow', 'cascade'],
  ['onnxruntime', 'chain'],
] as const) {
  test(`a changed network.json of a ${kind} is run by ${name} or refused in one sentence`, async (t) => {
    const { folder, manifest } = await (kind === 'chain' ? smallChain(t) : smallCascade(t));
    const engine = await openEngine(name);
    // As in a folder without checksums, so that the content alone decides.
    const { sha256: _, ...unsealed } = manifest;
    await readsOrRefuses(t, path.join(folder, 'network.json'), async () => {
      const saved = await loadNetwork(folder, { ...unsealed, schema: 1 });
      const thresholds = [0.5, 0.9];
      const rule = { scoring: DEFAULT_SCORING, thresholds };
      const options = { rule, batchSize: 2, onImage: () => {} };
      const router = await openRouter(engine, saved, options);
      try {
        await router.push(new Uint8Array(2 * 64), [0, 1]);
        await router.flush();
      } finally {
        await router.dispose();
      }
    });
  });
}

test('an exit whose logits are computed behind it is refused', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const { sha256: _, ...unsealed } = manifest;
  const file = path.join(folder, 'network.json');
  const { graph, exits } = JSON.parse(await readFile(file, 'utf8'));
  exits[1].logits = graph.output;
  await writeFile(file, JSON.stringify({ graph, exits }));
  await t.throwsAsync(loadNetwork(folder, { ...unsealed, schema: 1 }), {
    message: `${file} does not fit cascade.json (${graph.nodes.find(({ name }: { name: string }) => name.startsWith('layer3')).name} is computed on both sides of an exit); attach again.`,
  });
});

test('a changed marker of unfinished work is understood or refused in one sentence', async (t) => {
  const work = path.join(await temporaryFolder(t), 'mine.cascade.partial');
  await startPartial(work, 'a plan');
  const marker = path.join(work, PARTIAL_FILE);
  await readsOrRefuses(t, marker, () => startPartial(work, 'a plan'), { runs: 100 });
});

test('no bit of the network can change without a word', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  for (const name of ['backbone.safetensors', 'heads.safetensors', 'network.json']) {
    const said = await flippedBits(path.join(folder, name), 40, () => loadNetwork(folder, manifest));
    const sentence = `${path.join(folder, name)} is damaged (its SHA-256 is not the one that cascade.json names); attach again.`;
    t.deepEqual(new Set(said), new Set([sentence]));
  }
});

test('a cascade of the older schema, without checksums, is read', async (t) => {
  const { folder } = await smallCascade(t);
  const file = path.join(folder, 'cascade.json');
  const { sha256: _, ...older } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...older, schema: 1 }));
  const manifest = await loadManifest(folder);
  t.is(manifest.sha256, undefined);
  t.is((await loadNetwork(folder, manifest)).exits.length, 2);
  await writeFile(file, JSON.stringify({ ...older, schema: 2 }));
  await t.throwsAsync(loadManifest(folder), {
    message: `${file} is damaged (sha256.network.json: the SHA-256 of this file is missing); attach or import again.`,
  });
});

for (const name of ['../../x', '..', '', 'a/b', 'a\\b', 'C:\\x', 'end.', ' x', 'a\u0000b', 'x'.repeat(300)]) {
  test(`a cascade whose name is ${JSON.stringify(name).slice(0, 20)} is refused, and one whose records are`, async (t) => {
    const { folder, manifest } = await smallCascade(t);
    const file = path.join(folder, 'cascade.json');
    await writeFile(file, JSON.stringify({ ...manifest, name }));
    await t.throwsAsync(loadManifest(folder), { message: /cascade\.json is damaged \(name: the name ".* / });
    const splits = { ...manifest.splits, test: { records: name } };
    await writeFile(file, JSON.stringify({ ...manifest, splits }));
    await t.throwsAsync(loadManifest(folder), { message: /damaged \(splits\.test\.records: the name ".* / });
  });
}
