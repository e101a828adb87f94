import { grouped } from '../../../counted.js';
import { distinct, listed } from '../naming.js';
import type { PictureText } from '../picture-style.js';
import type { FrontData } from './front-data.js';

/** What the picture is of, and where its numbers come from. */
export function frontTitle(data: FrontData): PictureText {
  const datasets = distinct(data.rows.map((row) => row.dataset).filter((name) => name !== ''));
  const images = distinct(data.rows.map((row) => row.images)).filter((count) => count !== null);
  const counts = images.sort((a, b) => a - b).map(grouped);
  const seeds = facts(data.rows.map((row) => row.split_seed));
  const kind =
    data.split === 'test'
      ? 'test images that no choice has seen'
      : 'calibration images, on which thresholds were chosen';
  const sentences = [
    `${[listed(counts), kind].filter(Boolean).join(' ')}.`,
    seeds.length < 2 ? '' : `Halves of the seeds ${listed(seeds)}.`,
    ...facts(data.rows.map(data.axis.basisOf)).map((basis) => `${basis}.`),
    data.untestedRuns.length === 0 ? '' : `Without ${listed(data.untestedRuns)}: no test rows.`,
  ].filter((sentence) => sentence !== '');
  const where = datasets.length === 0 ? '' : ` on ${listed(datasets)}`;
  return { title: `Accuracy against ${data.axis.name}${where}`, subtitle: capital(sentences.join(' ')) };
}

function facts(values: readonly string[]): string[] {
  return distinct(values).filter((value) => value !== '');
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
