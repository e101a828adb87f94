import { grouped } from '../numbers.js';
import type { FrontData } from './front-data.js';
import { NAMED_RUNS } from './front-data.js';
import { PLOT } from './front-frame.js';
import { distinct } from './naming.js';
import { wrapText } from './text-width.js';

export const TITLE_SIZE = 16;
export const SUBTITLE_SIZE = 12;

/** What the picture is of, and beneath it where its numbers come from. */
export function frontTitle(data: FrontData): { text: string[]; subtitle: string[] } {
  const runs = data.runs.length > NAMED_RUNS ? `${data.runs.length} cascades` : list(data.runs);
  const datasets = distinct(data.rows.map((row) => row.dataset).filter((name) => name !== ''));
  // Each run's name tells its own where there are several data sets.
  const where = datasets.length === 1 || data.runs.length > NAMED_RUNS ? ` on ${list(datasets)}` : '';
  const images = distinct(data.rows.map((row) => row.images)).filter((count) => count !== null);
  const counts = images.sort((a, b) => a - b).map(grouped);
  const seeds = listed(data.rows.map((row) => row.split_seed));
  const bases = listed(data.rows.map(data.axis.basisOf));
  const sentences = [
    data.split === 'test'
      ? 'Held-out test split'
      : 'Calibration split (thresholds were chosen on these images)',
    counts.length === 0 ? '' : `${list(counts)} images`,
    seeds === '' ? '' : `split seed ${seeds}`,
    bases,
    data.untestedRuns.length === 0 ? '' : `without ${list(data.untestedRuns)}: no test rows`,
  ].filter((sentence) => sentence !== '');
  return {
    text: wrapText(`${runs}${where}: accuracy against ${data.axis.name}`, TITLE_SIZE, PLOT.width),
    subtitle: wrapText(sentences.join('  ·  '), SUBTITLE_SIZE, PLOT.width),
  };
}

function listed(values: readonly string[]): string {
  return list(distinct(values).filter((value) => value !== ''));
}

/** "a", "a and b", "a, b and c". */
function list(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`;
}
