import type { TopLevelSpec } from 'vega-lite';
import { counted } from '../../counted.js';
import { CascadeError } from '../../errors.js';
import { largest } from '../../stats/largest.js';
import { smallest } from '../../stats/smallest.js';
import { setName } from '../describe/describe-comparison.js';
import { inPoints } from '../numbers.js';
import type { ComparisonRow } from '../rows-read.js';
import { color } from './channels.js';
import { colourList } from './colours.js';
import { topLegend } from './legend.js';
import { type Look, SCREEN } from './look.js';
import { criterionWords, methodWords } from './method-words.js';
import { distinct, listed, shortNames } from './naming.js';
import { panelTitle, pictureFrame, roomFor } from './picture-style.js';
import { rowLabels, UNNAMED } from './row-labels.js';

/** Percent between two places where the axis may begin. */
const STEP = 5;

/** Height of what one drop takes of a row, in sizes of its text. */
const BAR = 0.85;

/** More rows than this are packed, so that they fit on a page. */
const MANY = 20;
/** Of the width for names there: the wider, the fewer lines. */
const SHARE_OF_MANY = 0.6;

/**
 * The picture of `compare.csv`: for each set of exits the MACs that every method saves, the drops that are accepted side by side, with the
 * interval over the halvings. Methods are sorted by what they save at the middle drop.
 */
export function comparisonSpecification(rows: readonly ComparisonRow[], look: Look = SCREEN): TopLevelSpec {
  const asked = rows.filter((row) => row.max_drop_points !== null && row.macs_saved_percent !== null);
  if (asked.length === 0)
    throw new CascadeError(
      'The comparison holds no savings at any drop to draw; compare again with --drops.',
    );
  const short = shortNames(distinct(asked.map(({ cascade }) => cascade)));
  const isMany = distinct(asked.map(({ cascade }) => cascade)).length > 1;
  const criteria = distinct(asked.map(({ criterion }) => criterion).filter((name) => name !== ''));
  const isPacked = distinct(asked.map(({ method, criterion }) => `${method} ${criterion}`)).length > MANY;
  const nameOf = ({ method, criterion }: ComparisonRow): string =>
    [methodWords(method), criteria.length > 1 && criterion !== '' ? criterionWords(criterion) : '']
      .filter(Boolean)
      .join(isPacked ? ', ' : '\n');
  const labels = rowLabels(asked.map(nameOf), look, isPacked ? SHARE_OF_MANY : undefined);
  const drops = distinct(asked.map((row) => row.max_drop_points!)).sort((a, b) => a - b);
  const dropNames = drops.map(inPoints);
  const values = asked.map((row) => ({
    ...row,
    method: nameOf(row),
    panel: [isMany ? short(row.cascade) : '', setName(row.exits.replaceAll(' ', ', '))]
      .filter(Boolean)
      .join(': '),
    drop: inPoints(row.max_drop_points!),
  }));
  const middle = dropNames[drops.length >> 1]!;
  const order = distinct(
    [...values]
      .sort(
        (a, b) =>
          Number(b.drop === middle) - Number(a.drop === middle) ||
          b.macs_saved_percent! - a.macs_saved_percent!,
      )
      .map(({ method }) => method),
  );
  const { splits, images } = asked[0]!;
  const highest = largest(values.map((row) => row.macs_saved_high_percent ?? row.macs_saved_percent!));
  const lowest = smallest(values.map((row) => row.macs_saved_low_percent ?? row.macs_saved_percent!));
  const domain = [STEP * Math.floor((lowest - 1) / STEP), Math.min(100, highest + 2)];
  const x = {
    field: 'macs_saved_percent',
    type: 'quantitative' as const,
    title: 'MACs saved (% of the full network)',
    scale: { domain: lowest >= 0 ? [Math.max(0, domain[0]!), domain[1]!] : domain, nice: false },
    axis: { tickCount: 8 },
  };
  const y = {
    field: 'method',
    type: 'nominal' as const,
    sort: order,
    scale: { paddingInner: 0.25, paddingOuter: 0.15 },
    axis: UNNAMED,
  };
  const yOffset = { field: 'drop', type: 'nominal' as const, sort: dropNames };
  const own = color('drop', dropNames, colourList(drops.length), {
    ...topLegend(dropNames, look),
    title: 'accepted drop of accuracy',
  });
  const step =
    look.text.label *
    (isPacked ? 1.2 * labels.lines : Math.max(BAR * drops.length * 1.25, 1.3 * labels.lines));
  const datasets = distinct(asked.map(({ dataset }) => dataset));
  return {
    ...pictureFrame(look, {
      title: `What each way of leaving early saves on ${listed(datasets)}`,
      subtitle: `Means over ${counted(splits, 'halving')} of ${counted(images, 'image')}, thresholds from one half, drop and saving measured on the other; bars hold 95 % of the halvings.${criteria.length === 1 ? ` Confidence: ${criterionWords(criteria[0]!)}.` : ''}`,
    }),
    spacing: 18,
    vconcat: distinct(values.map(({ panel }) => panel)).map((panel) => ({
      title: panelTitle(panel, look),
      width: roomFor(look, 1, labels.width, 0) - 8,
      height: Math.round(step * order.length),
      data: { values: values.filter((row) => row.panel === panel) },
      layer: [
        ...labels.layers(order, y),
        {
          mark: { type: 'rule' as const, strokeWidth: 1.5 * look.scale },
          encoding: {
            x: { ...x, field: 'macs_saved_low_percent' },
            x2: { field: 'macs_saved_high_percent' },
            y,
            yOffset,
            color: own,
          },
        },
        {
          mark: { type: 'point' as const, filled: true, size: 36 * look.scale, opacity: 1 },
          encoding: { x, y, yOffset, color: own },
        },
      ],
    })),
  };
}
