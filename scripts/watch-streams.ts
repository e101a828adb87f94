// Does the monitor keep its false alarms, and how soon does it see that images have gone bad? The test images that had no part in choosing
// thresholds are run once as they are and once for each of three corruptions in five strengths; streams are drawn from what was recorded.
//
// CASCADE_DATA=<folder with CIFAR> node dist/scripts/watch-streams.js <folder of results> <runs> <cascade…>
import path from 'node:path';
import { loadNetwork } from '../lib/artifact/attached-network.js';
import { chosenCalibration } from '../lib/artifact/chosen-calibration.js';
import { loadManifest } from '../lib/artifact/manifest.js';
import type { ImageSource } from '../lib/data/image-source.js';
import { openEngine } from '../lib/engine/open-engine.js';
import { usageError } from '../lib/errors.js';
import { locateCascadeDataset } from '../lib/records/cascade-dataset.js';
import { writeCsv } from '../lib/report/csv.js';
import { terminalReporter } from '../lib/report/progress.js';
import { renderTable } from '../lib/report/table.js';
import { pictureFiles, writePicture } from '../lib/report/write-picture.js';
import { clopperPearson } from '../lib/stats/clopper-pearson.js';
import { percent } from '../lib/stats/percent.js';
import { createRandom } from '../lib/stats/random.js';
import { type Compared, compared } from './monitor/compared.js';
import { corruptedSource } from './monitor/corrupted-source.js';
import { CORRUPTIONS, STRONGEST } from './monitor/corruptions.js';
import { type DelayRow, delayPicture } from './monitor/delay-picture.js';
import { imageOfAlarm, type Population } from './monitor/simulate.js';
import { openTestImages } from './monitor/test-images.js';

const FALSE_ALARMS = 0.05;
/** Share of the images that are checked; with more of them delays are shorter in proportion. */
const SHARE = 0.01;
/** Images that are checked, in the mean, until a stream that does not turn ends, and after the turn of one that does. */
const [MOST_CHECKS, MOST_CHECKS_TURNED] = [10_000, 3000];
/** The same before a stream turns: none, and so many that what is bet at the start is lost. */
const CHECKS_BEFORE = [0, 2000];
/** A stream that goes bad little by little gets stronger by one after so many. */
const CHECKS_A_STRENGTH = 200;

const [results, runsText, ...folders] = process.argv.slice(2);
const runs = Number(runsText);
if (results === undefined || !(runs > 0) || folders.length === 0)
  throw usageError('Give a folder of results, the number of runs, and cascade folders.');
const sets: Record<string, string | number>[] = [];
const alarms: Record<string, string | number | null>[] = [];
const delays: DelayRow[] = [];
for (const folder of folders) {
  const manifest = await loadManifest(folder);
  const { cascade, dataset } = { cascade: manifest.name, dataset: manifest.dataset };
  const recorded = await recordAll(folder);
  const disagreeing = (name: string): Population => recorded.get(name)!.disagrees;
  const clean = disagreeing('clean');
  for (const [images, { disagrees, leftEarly, fullAccuracy, drop }] of recorded)
    sets.push({
      ...{ cascade, dataset, images },
      left_early_percent: percent(mean(leftEarly)),
      disagreement_percent: percent(mean(disagrees)),
      full_accuracy_percent: percent(fullAccuracy),
      drop_points: percent(drop),
    });
  await writeCsv(path.join(results, 'images.csv'), sets);
  const images = (checks: number): number => Math.round(checks / SHARE);
  const watch = { referenceImages: clean.length, falseAlarms: FALSE_ALARMS, share: SHARE };
  const random = createRandom(0);
  const found = repeated(() =>
    imageOfAlarm(clean, () => clean, { ...watch, mostImages: images(MOST_CHECKS) }, random),
  );
  const raised = found.filter((image) => image !== undefined).length;
  const { low, high } = clopperPearson(raised, runs, 0.95);
  alarms.push({
    ...{ cascade, dataset, runs, images: images(MOST_CHECKS) },
    share_percent: percent(SHARE),
    reference_images: clean.length,
    allowed_percent: percent(FALSE_ALARMS),
    false_alarms_percent: percent(raised / runs),
    false_alarms_low_percent: percent(low),
    false_alarms_high_percent: percent(high),
  });
  await writeCsv(path.join(results, 'false-alarms.csv'), alarms);
  for (const corruption of CORRUPTIONS) {
    const strengths = Array.from({ length: STRONGEST }, (_, index) => index + 1);
    const bad = strengths.map((strength) => disagreeing(`${corruption} ${strength}`));
    const growing = (since: number): Population =>
      bad[Math.min(Math.floor(since / images(CHECKS_A_STRENGTH)), STRONGEST - 1)]!;
    const ways = [
      ...strengths.map((strength) => ({ strength, at: () => bad[strength - 1]! })),
      { strength: null, at: growing },
    ];
    for (const turn of CHECKS_BEFORE.map(images))
      for (const { strength, at } of ways) {
        const source = (image: number): Population => (image <= turn ? clean : at(image - turn - 1));
        const turned = { ...watch, mostImages: turn + images(MOST_CHECKS_TURNED) };
        const seen = repeated(() => imageOfAlarm(clean, source, turned, random));
        const missed = seen.filter((image) => image === undefined).length;
        const after = seen.filter((image) => image === undefined || image > turn);
        delays.push({
          ...{ cascade, dataset, corruption, strength, runs },
          share_percent: percent(SHARE),
          images_before: turn,
          disagreement_percent: strength === null ? null : percent(mean(bad[strength - 1]!)),
          early_alarms_percent: percent((runs - after.length) / runs),
          missed_percent: percent(missed / runs),
          delay_median_images: delayAt(after, turn, 0.5),
          delay_low_images: delayAt(after, turn, 0.05),
          delay_high_images: delayAt(after, turn, 0.95),
        });
      }
    await writeCsv(path.join(results, 'delays.csv'), delays);
    console.error(`${cascade}, ${corruption}`);
  }
}
await writePicture(delayPicture(delays), pictureFiles(results, 'delays'));
console.log(
  renderTable(
    ['cascade', 'share', 'false alarms'],
    alarms.map((row) => [row.cascade!, `${row.share_percent} %`, `${row.false_alarms_percent} %`]),
  ),
);

/** All images of the test half, clean and gone bad, by a name in words; recorded beside the cascade, and only once. */
async function recordAll(folder: string): Promise<ReadonlyMap<string, Compared>> {
  const manifest = await loadManifest(folder);
  const { rule, split_seed: seed } = await chosenCalibration(folder, manifest);
  const dataset = await locateCascadeDataset(folder, manifest, {});
  const images = await openTestImages(folder, manifest, dataset, seed);
  const { network, exits } = await loadNetwork(folder, manifest);
  const recording = {
    engine: await openEngine('auto', {}),
    network,
    exitLogits: exits.map(({ logits }) => logits),
    reporter: terminalReporter(process.stderr),
  };
  const kept = folder.replace(/(\.cascade)?\/?$/, '-streams');
  const recorded = new Map<string, Compared>();
  const add = async (name: string, each: ImageSource): Promise<void> => {
    const records = path.join(kept, name.replace(' ', '-'));
    recorded.set(name, await compared(recording, each, records, manifest, rule));
  };
  await add('clean', images);
  for (const corruption of CORRUPTIONS)
    for (let strength = 1; strength <= STRONGEST; strength++)
      await add(`${corruption} ${strength}`, corruptedSource(images, corruption, strength));
  await images.close();
  return recorded;
}

/** Images from the turn by which a share of the streams has raised the alarm; null if so many never do. */
function delayAt(alarms: readonly (number | undefined)[], turn: number, share: number): number | null {
  const sorted = alarms.map((image) => image ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const found = sorted[Math.ceil(share * sorted.length) - 1];
  return found === undefined || !Number.isFinite(found) ? null : found - turn;
}

function repeated(once: () => number | undefined): readonly (number | undefined)[] {
  return Array.from({ length: runs }, once);
}

function mean(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
