import type { TopLevelSpec } from 'vega-lite';
import { grouped } from '../../../counted.js';
import type { ReliabilityRow } from '../../rows-read.js';
import { colourList, NEUTRAL } from '../colours.js';
import { type Look, SCREEN } from '../look.js';
import { criterionWords } from '../method-words.js';
import { distinct, listed } from '../naming.js';
import { pictureFrame, roomFor } from '../picture-style.js';
import { choicesOf } from './choices.js';

const COLUMNS = { screen: 4, paper: 2 } as const;

/** Pixels between panels and of an axis' numbers, in sizes of texts. */
const GAP = 1.6;
const NUMBERS = 5;

/**
 * The picture of `reliability.csv`: how right each exit is by how sure it is, a panel an exit of the latest choice of thresholds of every cascade;
 * dashed where an exit would be as right as it is sure.
 */
export function reliabilitySpecification(rows: readonly ReliabilityRow[], look: Look = SCREEN): TopLevelSpec {
  const all = choicesOf(rows);
  const runs = distinct(all.map(({ run }) => run));
  const choices = runs.map((run) => all.findLast((choice) => choice.run === run)!);
  const values = choices.flatMap(({ run, rows: own }) =>
    own.map((row) => ({
      ...row,
      panel: runs.length > 1 ? `${run}, ${row.name}` : row.name,
      equal: isProbability(row.criterion) ? 100 * row.mean_confidence : null,
    })),
  );
  const panels = distinct(values.map(({ panel }) => panel));
  const criteria = distinct(values.map(({ criterion }) => criterion));
  const most = COLUMNS[look.titled ? 'screen' : 'paper'];
  // As many rows as are needed, all of nearly one length.
  const columns = Math.ceil(panels.length / Math.ceil(panels.length / most));
  const size = look.text.label;
  const width = roomFor(look, columns, NUMBERS * size, GAP * size);
  const x = {
    field: 'mean_confidence',
    type: 'quantitative' as const,
    title: 'Confidence',
    scale: { zero: false, nice: true },
    axis: { tickCount: 4 },
  };
  const y = {
    field: 'accuracy_percent',
    type: 'quantitative' as const,
    title: 'Right (%)',
    scale: { zero: false, nice: true },
    axis: { tickCount: 5 },
  };
  const [own] = colourList(1) as [string];
  const hasEqual = values.some(({ equal }) => equal !== null);
  const images = choices[0]!.rows
    .filter(({ exit }) => exit === choices[0]!.rows[0]!.exit)
    .reduce((sum, row) => sum + row.images, 0);
  const datasets = distinct(rows.map(({ dataset }) => dataset));
  return {
    ...pictureFrame(look, {
      title: `How right exits are by how sure they are, on ${listed(datasets)}`,
      subtitle: `All ${grouped(images)} test images at each exit, in groups of as many each by confidence (${listed(criteria.map(criterionWords))}); bars are exact 95 % intervals.${hasEqual ? ' Dashed: as right as sure.' : ''}`,
    }),
    data: { values },
    facet: { field: 'panel', type: 'nominal', title: null, sort: panels },
    columns,
    spacing: GAP * size,
    spec: {
      width,
      height: Math.round(0.85 * width),
      layer: [
        ...(hasEqual
          ? [
              {
                mark: { type: 'line' as const, color: NEUTRAL, strokeDash: [4, 3], strokeWidth: 1 },
                encoding: { x, y: { ...y, field: 'equal' } },
              },
            ]
          : []),
        {
          mark: { type: 'rule' as const, color: own, strokeWidth: 1.5 * look.scale },
          encoding: { x, y: { ...y, field: 'accuracy_low_percent' }, y2: { field: 'accuracy_high_percent' } },
        },
        {
          mark: { type: 'point' as const, filled: true, opacity: 1, size: 40 * look.scale, color: own },
          encoding: { x, y },
        },
      ],
    },
  };
}

/** Whether a measure of confidence, as rows name it, is the probability that the exit gives its answer. */
function isProbability(criterion: string): boolean {
  const [name] = criterion.split(', ');
  return name === 'top-k' || (/^(softmax|temperature)$/.test(name!) && !/top \d/.test(criterion));
}
