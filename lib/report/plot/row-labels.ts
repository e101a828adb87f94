import { largest } from '../../stats/largest.js';
import type { Look } from './look.js';
import { LINE_HEIGHT } from './place-labels.js';
import { textWidth, wrapText } from './text-width.js';

/** A column of rows, one above the other. */
interface RowChannel {
  readonly field: string;
  readonly type: 'nominal';
}

/** Names of rows, in lines short enough to leave room for the plot. */
export interface RowLabels {
  /** Pixels that the names take to the left of the plot. */
  readonly width: number;
  /** Lines of the name with the most. */
  readonly lines: number;
  /** Layers that write the names of rows, each centred beside its row: an axis would hang several lines from its tick. */
  layers<Channel extends RowChannel>(
    rows: readonly string[],
    y: Channel,
  ): {
    readonly data: { readonly values: Record<string, string>[] };
    readonly mark: {
      readonly type: 'text';
      readonly align: 'right';
      readonly baseline: 'middle';
      readonly dy: number;
      readonly color: string;
    };
    readonly encoding: {
      readonly x: { readonly value: number };
      readonly y: Channel;
      readonly text: { readonly field: 'line'; readonly type: 'nominal' };
    };
  }[];
}

/** Names take at most this share of a picture's width, where no other is wanted. */
const SHARE = 0.42;
const PADDING = 7;
const INK = '#333333';

/** An axis whose names `layers` writes. */
export const UNNAMED = { title: null, labels: false, domain: false, ticks: false } as const;

/** Rows in their order, each with a line from side to side. */
export function lined(rows: readonly string[]) {
  return { field: 'row', type: 'nominal' as const, sort: [...rows], axis: { ...UNNAMED, grid: true } };
}

/**
 * @param texts of all rows; a line end in one parts its lines, too.
 * @param share of the picture's width that names take at most.
 */
export function rowLabels(
  texts: readonly string[],
  { width, text: { label: size } }: Look,
  share = SHARE,
): RowLabels {
  const linesOf = (name: string): string[] =>
    name.split('\n').flatMap((part) => wrapText(part, size, share * width));
  const all = texts.map(linesOf);
  return {
    width: Math.ceil(largest(all.flat().map((line) => textWidth(line, size)))) + PADDING,
    lines: largest(all.map(({ length }) => length)),
    layers: (rows, y) => {
      const placed = rows.flatMap((row) =>
        linesOf(row).map((line, index, own) => ({ row, line, place: index - (own.length - 1) / 2 })),
      );
      return [...new Set(placed.map(({ place }) => place))].map((place) => ({
        data: {
          values: placed
            .filter((each) => each.place === place)
            .map(({ row, line }) => ({ [y.field]: row, line })),
        },
        mark: {
          ...({ type: 'text', align: 'right', baseline: 'middle' } as const),
          dy: place * LINE_HEIGHT * size,
          color: INK,
        },
        encoding: { x: { value: -PADDING }, y, text: { field: 'line', type: 'nominal' } },
      }));
    },
  };
}
