import type { ExitTable } from './exit-table.js';
import { type ExitTables, tableFor } from './exit-tables.js';
import { costOf, enabledExits, type Thresholds } from './thresholds.js';

/** What a cascade does with recorded images, in sum. */
export interface ReplayTotals {
  readonly images: number;
  /** Images that left at each exit, the full network last. */
  readonly counts: readonly number[];
  /** Those among them that were classified rightly. */
  readonly correctCounts: readonly number[];
  /** Images that the full network has right and the cascade wrong. */
  readonly breaks: number;
  /** Images that the cascade has right and the full network wrong. */
  readonly repairs: number;
  /** Cost of all images together, in the currency of the table's costs, every visited head billed. */
  readonly cost: number;
}

/** What a cascade does with recorded images, with each one's exit. */
export interface Outcome extends ReplayTotals {
  /** The exit at which each image leaves; the number of exits stands for the full network. */
  readonly leftAt: Uint8Array;
}

/** Sums over two sets of images to the same thresholds. */
export function addTotals(first: ReplayTotals, second: ReplayTotals): ReplayTotals {
  const each = (a: readonly number[], b: readonly number[]): number[] =>
    a.map((value, index) => value + b[index]!);
  return {
    images: first.images + second.images,
    counts: each(first.counts, second.counts),
    correctCounts: each(first.correctCounts, second.correctCounts),
    breaks: first.breaks + second.breaks,
    repairs: first.repairs + second.repairs,
    cost: first.cost + second.cost,
  };
}

/** Decides for every recorded image where it leaves: at the first enabled exit whose confidence reaches its threshold. */
export function replay(table: ExitTable, thresholds: Thresholds): Outcome {
  const exits = table.exits.length;
  const leftAt = new Uint8Array(table.images).fill(exits);
  const counts = new Array<number>(exits + 1).fill(0);
  const correctCounts = new Array<number>(exits + 1).fill(0);
  let breaks = 0;
  let repairs = 0;
  // Exit by exit, since a search replays thousands of thresholds: each column is read once, and only of who comes so far.
  const waiting = new Uint32Array(table.images);
  for (let image = 0; image < table.images; image++) waiting[image] = image;
  let coming = table.images;
  for (let exit = 0; exit <= exits; exit++) {
    const isLast = exit === exits;
    const threshold = isLast ? Number.NEGATIVE_INFINITY : thresholds[exit]!;
    if (threshold === null) continue;
    const confidence = table.exits[exit]?.confidence;
    const correct = isLast ? (table.lastCorrect ?? table.fullCorrect) : table.exits[exit]!.correct;
    let staying = 0;
    let right = 0;
    for (let place = 0; place < coming; place++) {
      const image = waiting[place]!;
      if (confidence !== undefined && !(confidence[image]! >= threshold)) {
        waiting[staying++] = image;
        continue;
      }
      leftAt[image] = exit;
      const own = correct[image]!;
      const full = table.fullCorrect[image]!;
      right += own;
      if (full > own) breaks++;
      else if (own > full) repairs++;
    }
    counts[exit] = coming - staying;
    correctCounts[exit] = right;
    coming = staying;
  }
  const cost = costOf(counts, table.costs, enabledExits(thresholds));
  return { images: table.images, leftAt, counts, correctCounts, breaks, repairs, cost };
}

/** The same on the table of the exits that the thresholds enable. */
export function replayOn(tables: ExitTables, thresholds: Thresholds): Outcome {
  return replay(tableFor(tables, thresholds), thresholds);
}
