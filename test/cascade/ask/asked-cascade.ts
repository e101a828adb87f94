import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import sharp from 'sharp';
import { type AskRecord, loadAskRecord } from '../../../lib/cascade/ask/ask-record.js';
import { loadAskedOutputs } from '../../../lib/cascade/ask/asked-outputs.js';
import type { RecordedOutputs } from '../../../lib/exits/recorded-outputs.js';
import { argmax } from '../../../lib/stats/argmax.js';
import { createRandom } from '../../../lib/stats/random.js';
import { mustRun } from '../../support/run-cascade.js';
import { SHAPE, smallCascade } from '../../support/small-cascade.js';
import { smallChain } from '../../support/small-chain.js';

export const PICTURES = 150;
export const CLASS_NAMES = ['dark', 'grey', 'bright'] as const;

/** The words that ask about the pictures beside a cascade. */
export const QUESTION = ['--images', 'pictures', '--max-drop', '20%', '--out', 'ask'] as const;

/** A folder with a cascade of random weights and pictures of noise in `pictures`. */
export async function withPictures(
  t: ExecutionContext,
  kind: 'small' | 'chain' = 'small',
): Promise<{ readonly folder: string; readonly cascade: string }> {
  const { folder: cascade } = await (kind === 'small' ? smallCascade(t) : smallChain(t));
  const folder = path.dirname(cascade);
  await mkdir(path.join(folder, 'pictures'));
  const [channels, height, width] = SHAPE;
  const random = createRandom(7);
  for (let picture = 0; picture < PICTURES; picture++) {
    const level = 200 * random();
    const pixels = Uint8Array.from({ length: height * width }, () => level + 55 * random());
    const name = `${String(picture).padStart(3, '0')}.png`;
    await sharp(pixels, { raw: { width, height, channels } })
      .png()
      .toFile(path.join(folder, 'pictures', name));
  }
  return { folder, cascade: path.basename(cascade) };
}

/** What was asked in a folder, and the outputs with labels by which the first exit and the full network are as good as one another. */
export async function labelled(
  folder: string,
): Promise<{ readonly record: AskRecord; readonly outputs: RecordedOutputs }> {
  const { outputs } = await loadAskedOutputs(path.join(folder, 'ask'));
  const { classes, fullLogits, exitLogits } = outputs;
  const random = createRandom(8);
  const labels = outputs.labels.map((_, image) =>
    argmax(random() < 0.5 ? fullLogits : exitLogits[0]!, image * classes, classes),
  );
  return { record: await loadAskRecord(path.join(folder, 'ask')), outputs: { ...outputs, labels } };
}

/** Fills the first rows of `ask.csv`. */
export async function fillAnswers(folder: string, rows: number): Promise<void> {
  const { record, outputs } = await labelled(folder);
  const file = path.join(folder, 'ask', 'ask.csv');
  const [header, ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const filled = lines.map((line, row) => {
    const label = outputs.labels[record.asked[row]!.image]!;
    return row < rows ? line.replace(/,[^,]*$/, `,${CLASS_NAMES[label]}`) : line;
  });
  await writeFile(file, `${[header, ...filled].join('\n')}\n`);
}

/** The thresholds of the latest calibration. */
export async function latestThresholds(cascade: string): Promise<readonly (number | null)[]> {
  const file = await readFile(path.join(cascade, 'thresholds.json'), 'utf8');
  return JSON.parse(file).calibrations.at(-1).thresholds;
}

export { mustRun };
