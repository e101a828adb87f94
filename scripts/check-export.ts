// Runs an exported ONNX cascade over all recorded images and holds its decisions against the replay of the records:
//
// CASCADE_DATA=<folder with the data set> node dist/scripts/check-export.js <cascade> <exported folder> <export.csv>
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import { chosenCalibration } from '../lib/artifact/chosen-calibration.js';
import { FULL_NETWORK } from '../lib/artifact/exit-names.js';
import { loadManifest } from '../lib/artifact/manifest.js';
import { defaultDataFolder, locateDataset, openSplit, resizedAs } from '../lib/data/dataset.js';
import { usageError } from '../lib/errors.js';
import { replayRule } from '../lib/exits/decision-rule.js';
import { checkDescription } from '../lib/export/check-description.js';
import { DESCRIPTION_FILE } from '../lib/export/export-description.js';
import { readJson } from '../lib/files/read-json.js';
import { loadPool } from '../lib/records/recorded-cascade.js';
import { writeCsv } from '../lib/report/csv.js';
import { median } from './bench/interleaved.js';

/** Images that the file for many images is given at once. */
const BATCH = 100;

const [folder, exported, out] = process.argv.slice(2);
if (folder === undefined || exported === undefined || out === undefined)
  throw usageError('Give a cascade, its export as ONNX, and the CSV to write.');

const manifest = await loadManifest(folder);
const { rule } = await chosenCalibration(folder, manifest);
const { outputs } = await loadPool(folder, manifest);
const { leftAt } = replayRule(outputs, rule);
const leftAtRecorded = [...leftAt].map((exit) => manifest.exits[exit]?.name ?? FULL_NETWORK);

const located = await locateDataset(manifest.dataset, defaultDataFolder());
const dataset = resizedAs(located, manifest.backbone?.preprocessing);
const { half: _, ...whole } = dataset.description.splits.test;
const source = await openSplit(dataset, whole);
if (source.count !== leftAt.length)
  throw usageError(`${folder} has records of ${leftAt.length} images and its test files ${source.count}.`);
const imageBytes = source.shape.reduce((product, size) => product * size, 1);

const description: unknown = await readJson(
  path.join(exported, DESCRIPTION_FILE),
  `${exported} is no exported cascade`,
);
checkDescription(description);
const { segments } = description;
const load = (file: string): Promise<ort.InferenceSession> =>
  ort.InferenceSession.create(path.join(exported, file));
const [one, many] = [await load(description.single_file!), await load(description.batch_file!)];

/** Where images leave, in words, and milliseconds. */
async function run(session: ort.InferenceSession, pixels: Uint8Array, count: number) {
  const feeds = { pixels: new ort.Tensor('uint8', pixels, [count, ...source.shape]) };
  const start = performance.now();
  const { segment } = await session.run(feeds, ['segment']);
  const milliseconds = performance.now() - start;
  const left = Array.from(segment!.data as BigInt64Array, (each) => segments[Number(each)]!.left_at);
  return { left, milliseconds };
}

const different = { one: 0, many: 0 };
const times: number[] = [];
for (let first = 0; first < source.count; first += BATCH) {
  const rows = Uint32Array.from({ length: Math.min(BATCH, source.count - first) }, (__, row) => first + row);
  const pixels = new Uint8Array(rows.length * imageBytes);
  await source.readImages(rows, pixels);
  const together = await run(many, pixels, rows.length);
  for (const row of rows) {
    const image = row - first;
    const alone = await run(one, pixels.slice(image * imageBytes, (image + 1) * imageBytes), 1);
    times.push(alone.milliseconds);
    if (alone.left[0] !== leftAtRecorded[row]) different.one++;
    if (together.left[image] !== leftAtRecorded[row]) different.many++;
  }
}
await source.close();
await writeCsv(out, [
  {
    cascade: manifest.name,
    dataset: manifest.dataset,
    format: description.format,
    images: source.count,
    different_decisions_single_file: different.one,
    different_decisions_batch_file: different.many,
    single_file_p50_milliseconds: Number(median(times).toFixed(3)),
  },
]);
console.log(await readFile(out, 'utf8'));
