// How fast, in how much memory and how safely a pass over ImageNet-size images runs: records a cascade anew, killed at half and gone
// on with, beside the bare network on pixels that are in memory. Linux only.
//
// node dist/scripts/imagenet-pass.js <cascade> <folder of its data set's description> <CSV to write>
import { cp, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { loadNetwork } from '../lib/artifact/attached-network.js';
import { loadManifest } from '../lib/artifact/manifest.js';
import { openEngine } from '../lib/engine/open-engine.js';
import { streamImages } from '../lib/engine/stream-images.js';
import { usageError } from '../lib/errors.js';
import { subnetwork } from '../lib/network/segments.js';
import { openRecords, recordsFolder } from '../lib/records/records.js';
import { SplitShards } from '../lib/records/shards.js';
import { type CsvRows, writeCsv } from '../lib/report/csv.js';
import { randomImages } from './bench/random-images.js';
import { hashRecords, writtenRows } from './scale/recorded-files.js';
import { growth, type Sample, watch } from './scale/watched-process.js';

/** Images that the bare network runs on before and after the pass. */
const BARE_IMAGES = 512;

interface Cost {
  readonly images: number;
  readonly seconds: number;
  readonly processorSeconds: number;
}

const [cascade, data, csv] = process.argv.slice(2);
if (cascade === undefined || data === undefined || csv === undefined)
  throw usageError('Give a cascade, the folder of its data set and the CSV to write.');
const copy = `${cascade}.again`;
const manifest = await loadManifest(cascade);
const { network } = await loadNetwork(cascade, manifest);
const { graph } = network;
const { records } = manifest.splits.test;
const folder = recordsFolder(cascade, records);
const expected = await hashRecords(folder);
const recorded = await openRecords(folder);
const { images } = recorded.meta;
await recorded.close();

const before = await bare();
await rm(copy, { recursive: true, force: true });
await cp(cascade, copy, { recursive: true });
const killed = await record(images / 2);
const resumed = await record();
const same = (await hashRecords(recordsFolder(copy, records))) === expected;
await rm(copy, { recursive: true });
const after = await bare();

const samples = [...killed, ...resumed];
await writeCsv(csv, [
  row('bare network, pixels in memory', sum([before, after]), {
    ...{ peak_mb: null, same_bytes_after_kill: null },
  }),
  row('record, killed at half and gone on with', sum([costOf(killed), costOf(resumed)]), {
    peak_mb: Math.round(Math.max(...samples.map(({ peakMegabytes }) => peakMegabytes))),
    same_bytes_after_kill: same,
  }),
]);

/** The full network alone, without exits, on noise. */
async function bare(): Promise<Cost> {
  const engine = await openEngine();
  const program = await engine.load(subnetwork(network, graph.input, [graph.output]), { inputType: 'uint8' });
  const source = randomImages(BARE_IMAGES, manifest.backbone!.input_shape);
  const start = process.cpuUsage();
  const started = performance.now();
  await streamImages(program, source, () => {});
  const { user, system } = process.cpuUsage(start);
  const seconds = (performance.now() - started) / 1000;
  await program.dispose();
  return { images: BARE_IMAGES, seconds, processorSeconds: (user + system) / 1e6 };
}

async function record(killAt = Number.POSITIVE_INFINITY): Promise<readonly Sample[]> {
  const unfinished = new SplitShards(copy, records).folderOf({ number: 1, of: 1 });
  const words = [path.join('dist', 'bin', 'cascade.js'), 'record', copy, '--data', data!, '--quiet'];
  return watch(words, { done: () => writtenRows(unfinished, manifest.classes), killAt });
}

function costOf(samples: readonly Sample[]): Cost {
  const { start, end } = growth(samples)!;
  return {
    images: end.done - start.done,
    seconds: end.seconds - start.seconds,
    processorSeconds: end.processorSeconds - start.processorSeconds,
  };
}

function sum(costs: readonly Cost[]): Cost {
  return costs.reduce((a, b) => ({
    images: a.images + b.images,
    seconds: a.seconds + b.seconds,
    processorSeconds: a.processorSeconds + b.processorSeconds,
  }));
}

function row(
  run: string,
  { images, seconds, processorSeconds }: Cost,
  more: { readonly peak_mb: number | null; readonly same_bytes_after_kill: boolean | null },
): CsvRows[number] {
  return {
    run,
    images,
    images_per_second: Number((images / seconds).toPrecision(3)),
    processor_milliseconds_per_image: Number(((1000 * processorSeconds) / images).toPrecision(3)),
    processors: cpus().length,
    ...more,
  };
}
