import type { Currency } from '../artifact/timings/prices.js';
import { atOnce } from './describe/describe-promise.js';
import type { EvalRow, ExitRow, FrontRow } from './rows-read.js';

type AnyRow = FrontRow | EvalRow | ExitRow;

/** What accuracy is drawn against. */
export interface CostAxis {
  /** In the picture's title. */
  readonly name: string;
  /** Whether costs depend on how many images are computed at once. */
  readonly isTime: boolean;
  readonly title: string;
  /** Title of the axis that runs the other way. */
  readonly savedTitle: string;
  /** How costs were reckoned, as a sentence of the subtitle; empty where that is as usual or the row does not say. */
  basisOf(row: AnyRow): string;
  /** Cost of a row as a share of the full network's, in percent; null where the row does not say. */
  percentOf(row: AnyRow): number | null;
  /** What the full network costs, in words; null where the row does not say. */
  fullWords(row: AnyRow): string | null;
}

export const COST_AXES: Readonly<Record<Currency, CostAxis>> = {
  macs: {
    name: 'compute',
    isTime: false,
    title: 'MACs per image (% of the full network)',
    savedTitle: 'MACs saved (%)',
    basisOf: ({ mac_convention: convention }) =>
      convention === '' || convention === 'default' ? '' : `MACs are counted as in ${convention}`,
    percentOf: (row) => ('exit' in row ? row.macs_percent : 100 - row.macs_saved_percent),
    fullWords: (row) => {
      const macs = 'exit' in row ? row.macs : row.full_macs;
      return macs === null ? null : `${shortCount(macs)} MACs`;
    },
  },
  time: {
    name: 'time',
    isTime: true,
    title: 'Predicted time per image (% of the full network)',
    savedTitle: 'Time saved (%)',
    basisOf: ({ batch_size: images }) =>
      images === null ? '' : `Times are predicted from those of the exits, ${atOnce(images)}`,
    percentOf: (row) => {
      if ('exit' in row) return row.predicted_time_percent;
      const saved = row.predicted_time_saved_percent;
      return saved === null ? null : 100 - saved;
    },
    fullWords: (row) => {
      const time = 'exit' in row ? row.predicted_milliseconds : row.predicted_full_milliseconds_per_image;
      return time === null ? null : `${time.toFixed(2)} ms`;
    },
  },
};

/** 125,485,696 → "125.5 M"; 4,089,184,256 → "4.09 G". */
function shortCount(macs: number): string {
  return macs >= 1e9 ? `${(macs / 1e9).toFixed(2)} G` : `${(macs / 1e6).toFixed(1)} M`;
}
