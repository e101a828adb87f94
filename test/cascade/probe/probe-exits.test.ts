import { existsSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { loadBackbone } from '../../../lib/cascade/backbone/load-backbone.js';
import { probeExits } from '../../../lib/cascade/probe/probe-exits.js';
import { locateDataset, openSplit } from '../../../lib/data/dataset.js';
import { openEngine } from '../../../lib/engine/open-engine.js';
import { streamImages } from '../../../lib/engine/stream-images.js';
import { cutPoints } from '../../../lib/network/cut-points.js';
import { foldBatchNormalization } from '../../../lib/network/fold-batch-norm.js';
import { withPixelInput } from '../../../lib/network/input/pixel-input.js';
import { SILENT } from '../../../lib/reporter.js';
import { workshop } from '../../support/workshop.js';

test('probes are judged on the first third of the images, beside what the full network says of them', async (t) => {
  const home = await workshop(t);
  const dataset = await locateDataset(path.join(home, 'noise'), home);
  const { network: trained } = await loadBackbone(path.join(home, 'backbone.safetensors'), [8, 8]);
  const network = withPixelInput(foldBatchNormalization(trained), { mean: [0.5], std: [0.25] });
  const engine = await openEngine();
  const source = await openSplit(dataset, dataset.description.splits.fit);
  t.teardown(() => source.close());
  const cuts = cutPoints(network.graph).slice(0, 2);
  const places = cuts.flatMap((cut) => (['linear', 'mlp'] as const).map((head) => ({ cut, head })));
  const rows = Uint32Array.from({ length: 90 }, (_, index) => 299 - index);
  const folder = path.join(home, 'probes');
  const { outputs, fittingImages } = await probeExits(network, places, {
    ...{ engine, source, rows, classes: 3, folder, seed: 0, reporter: SILENT },
  });
  t.is(fittingImages, 60);
  // Of the noise, the class of an image is its number modulo 3.
  t.deepEqual(
    outputs.labels,
    Uint16Array.from({ length: 30 }, (_, index) => (299 - index) % 3),
  );
  t.deepEqual(
    outputs.exitLogits.map(({ length }) => length),
    [90, 90, 90, 90],
  );
  const full: number[] = [];
  const program = await engine.load(network, { outputs: [network.graph.output], inputType: 'uint8' });
  const keep = ([logits]: readonly Float32Array[]): void => void full.push(...logits!);
  await streamImages(program, source, keep, { rows: rows.subarray(0, 30) });
  await program.dispose();
  // They are kept in half precision, of eleven bits.
  full.forEach((value, index) => {
    t.true(Math.abs(value - outputs.fullLogits[index]!) <= Math.abs(value) * 2 ** -11 + 1e-4);
  });
  t.deepEqual(outputs.costs.backbone, [cuts[0]!.macs, cuts[0]!.macs, cuts[1]!.macs, cuts[1]!.macs]);
  // FC of 16 channels to 3 classes; 16 cells of 16 channels to 256 units, and these to 3 classes.
  t.deepEqual(outputs.costs.heads.slice(0, 2), [16 * 3, 256 * 256 + 256 * 3]);
  t.false(existsSync(folder));
});
