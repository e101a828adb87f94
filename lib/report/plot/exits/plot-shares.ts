import type { TopLevelSpec } from 'vega-lite';
import type { ShareRow } from '../../rows-read.js';
import { color } from '../channels.js';
import { shades } from '../colours.js';
import { topLegend } from '../legend.js';
import { type Look, SCREEN } from '../look.js';
import { distinct, listed } from '../naming.js';
import { panelTitle, pictureFrame, roomFor } from '../picture-style.js';
import { LINE_HEIGHT } from '../place-labels.js';
import { rowLabels, UNNAMED } from '../row-labels.js';
import { textWidth } from '../text-width.js';
import { choicesOf, imagesWords } from './choices.js';

/** The shade of the images that no exit takes. */
const FULL_SHADE = '#bdbdbd';

/** Height of a bar in sizes of its text. */
const BAR = 3;

/**
 * The picture of `shares.csv`: where images leave, a bar a choice of thresholds and a panel a cascade, with the share of each exit and how many of
 * the images that leave there it has right.
 */
export function sharesSpecification(rows: readonly ShareRow[], look: Look = SCREEN): TopLevelSpec {
  const choices = choicesOf(rows);
  const runs = distinct(choices.map(({ run }) => run));
  const nameOf = ({ run, asked }: (typeof choices)[number]): string => (asked === '' ? run : asked);
  const labels = rowLabels(choices.map(nameOf), look);
  const width = roomFor(look, 1, labels.width, 0) - 8;
  const size = look.text.label;
  const fits = (line: string, { share_percent: share }: ShareRow): boolean =>
    textWidth(line, size) < (share / 100) * width - 4;
  const datasets = distinct(rows.map(({ dataset }) => dataset));
  const isFull = rows.every((row) => linesOf(row).every((line) => fits(line, row)));
  const x = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { domain: [0, 100] },
    title: 'Share of images (%)',
    axis: { tickCount: 5, grid: false },
  });
  return {
    ...pictureFrame(look, {
      title: `Where images leave on ${listed(datasets)}`,
      subtitle: `${imagesWords(choices[0]!.rows)}; in each part${isFull ? '' : ' with room for it'} its share and, beneath, how many of these images are right.`,
    }),
    spacing: 14,
    resolve: { scale: { color: 'independent' } },
    vconcat: runs.map((run) => {
      const own = choices.filter((choice) => choice.run === run);
      const exits = distinct(own.flatMap((choice) => choice.rows.map(({ name }) => name)));
      const parts = own.flatMap((choice) => {
        let from = 0;
        return choice.rows.map((row) => {
          const start = from;
          from = Math.min(100, from + row.share_percent);
          return { ...row, choice: nameOf(choice), from: start, to: from, middle: (start + from) / 2 };
        });
      });
      const texts = parts.flatMap((part) =>
        linesOf(part)
          .filter((line) => fits(line, part))
          .map((text, line, all) => ({
            choice: part.choice,
            middle: part.middle,
            text,
            place: line - (all.length - 1) / 2,
          })),
      );
      const order = distinct(parts.map(({ choice }) => choice));
      const y = {
        field: 'choice',
        type: 'nominal' as const,
        sort: order,
        scale: { paddingInner: 0.2, paddingOuter: 0.1 },
        axis: UNNAMED,
      };
      const colours = [...shades(exits.length - 1), FULL_SHADE];
      return {
        ...(runs.length > 1 && { title: panelTitle(run, look) }),
        width,
        height: Math.round(order.length * Math.max(BAR, labels.lines + 1) * LINE_HEIGHT * size),
        layer: [
          ...labels.layers(order, y),
          {
            data: { values: parts },
            mark: { type: 'bar' as const, stroke: 'white', strokeWidth: 1 },
            encoding: {
              x: x('from'),
              x2: { field: 'to' },
              y,
              color: color('name', exits, colours, {
                ...topLegend(exits, look),
                title: null,
                symbolType: 'square' as const,
              }),
            },
          },
          ...distinct(texts.map(({ place }) => place)).map((place) => ({
            data: { values: texts.filter((text) => text.place === place) },
            mark: {
              type: 'text' as const,
              fontSize: size,
              dy: place * LINE_HEIGHT * size,
              baseline: 'middle' as const,
            },
            encoding: { x: x('middle'), y, text: { field: 'text', type: 'nominal' as const } },
          })),
        ],
      };
    }),
  };
}

/** What stands in a part: its share, and how many of its images are right; nothing where no image leaves. */
function linesOf({ share_percent: share, exit_accuracy_percent: right }: ShareRow): readonly string[] {
  if (share === 0) return [];
  return [`${share.toFixed(1)} %`, ...(right === null ? [] : [`${right.toFixed(1)} % right`])];
}
