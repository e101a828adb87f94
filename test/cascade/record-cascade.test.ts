import path from 'node:path';
import test from 'ava';
import { loadNetwork } from '../../lib/artifact/attached-network.js';
import { loadManifest } from '../../lib/artifact/manifest.js';
import { mergeRecords, recordCascade } from '../../lib/cascade/record-cascade.js';
import { locateDataset } from '../../lib/data/dataset.js';
import { openEngine } from '../../lib/engine/open-engine.js';
import { SILENT } from '../../lib/reporter.js';
import { runCascade } from '../support/run-cascade.js';
import { ATTACH, workshop } from '../support/workshop.js';

test('a cascade is recorded whole, or in shards that merge to the same number of images', async (t) => {
  const place = await workshop(t);
  const { code, stderr } = await runCascade(place, ...ATTACH, '--out', 'n.cascade');
  t.is(code, 0, stderr);
  const folder = path.join(place, 'n.cascade');
  const manifest = await loadManifest(folder);
  const saved = await loadNetwork(folder, manifest);
  const dataset = await locateDataset(path.join(place, 'noise'), place);
  const { signal } = new AbortController();
  const engine = await openEngine();
  const order = { folder, manifest, saved, dataset, engine, reporter: SILENT, signal };
  t.deepEqual(await recordCascade(order, 'all'), [
    { records: 'calibration', images: 200 },
    { records: 'test', images: 200 },
  ]);
  for (const number of [1, 2])
    t.deepEqual(await recordCascade(order, 'test', { number, of: 2 }), [
      { records: 'test', shard: `${number}/2` },
    ]);
  t.deepEqual(await mergeRecords(folder, manifest, 'test'), [{ records: 'test', images: 200 }]);
});
