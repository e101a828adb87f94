import { type ExitTable, exitsOfTable } from '../exits/exit-table.js';
import { outputRows, type RecordedOutputs, scoredTables } from '../exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../exits/scoring.js';
import { permutation } from '../stats/permutation.js';
import { createRandom } from '../stats/random.js';
import { bestPoint } from './choose-on-path.js';
import { paperPath } from './paths/paper-path.js';
import { replayPath } from './paths/threshold-path.js';

/** How exits are chosen. */
export interface ExitSearch {
  /** Largest drop that thresholds will be asked for, a fraction. */
  readonly drop: number;
  /** The block of each candidate; of those at the same block, which differ in their heads, one at most is chosen. */
  readonly blocks: readonly number[];
  /** Seed of the halvings. */
  readonly seed: number;
}

/** An exit that was chosen. */
export interface ChosenExit {
  /** Its position among the candidates. */
  readonly exit: number;
  /** Share of the full network's cost that it saves together with those chosen before it; a fraction. */
  readonly saved: number;
}

/** A further exit must save so much more, as a share of the full network's cost: less may be chance, and each is one more head to fit. */
const LEAST_GAIN = 0.003;

/** Halvings of the images that savings are means over. */
const HALVINGS = 3;

/** Multiples of the asked drop that savings are means over: at a single one they rest on a handful of images. */
const DROPS = [0.5, 1, 2];

/** Images that make a path, and others that show what it saves. */
interface Fold {
  readonly making: ExitTable;
  readonly judging: ExitTable;
}

/**
 * Chooses among many candidate exits those that save most together: one after another the one that adds most, until none adds enough.
 * What some exits save is cross-validated, so that a choice among many does not find what is chance: the paper's path is made from half
 * of the images, and its cheapest point within the drop looked for on the other half. Every head is charged.
 *
 * @param outputs of all candidates, from the first block to the last.
 * @returns the exits in the order in which they were chosen; none where none saves anything.
 */
export function chooseExits(outputs: RecordedOutputs, search: ExitSearch): readonly ChosenExit[] {
  const { blocks } = search;
  const folds = halvings(outputs, search.seed);
  const chosen: ChosenExit[] = [];
  for (;;) {
    const before = chosen.map(({ exit }) => exit);
    const taken = new Set(before.map((exit) => blocks[exit]));
    let best: ChosenExit | undefined;
    for (const [exit, block] of blocks.entries()) {
      if (taken.has(block)) continue;
      const saved = meanSaving(
        folds,
        [...before, exit].sort((a, b) => a - b),
        search.drop,
      );
      if (saved > (best?.saved ?? 0)) best = { exit, saved };
    }
    if (best === undefined || best.saved - (chosen.at(-1)?.saved ?? 0) < LEAST_GAIN) return chosen;
    chosen.push(best);
  }
}

/** Each half makes a path once, and judges once. */
function halvings(outputs: RecordedOutputs, seed: number): readonly Fold[] {
  const random = createRandom(seed);
  const images = outputs.labels.length;
  const all = outputs.exitLogits.map(() => true);
  return Array.from({ length: HALVINGS }, () => {
    const order = permutation(images, random);
    const middle = Math.floor(images / 2);
    const [first, second] = [order.subarray(0, middle), order.subarray(middle)].map((rows) =>
      scoredTables(outputRows(outputs, rows), DEFAULT_SCORING).table(all),
    ) as [ExitTable, ExitTable];
    return [
      { making: first, judging: second },
      { making: second, judging: first },
    ];
  }).flat();
}

function meanSaving(folds: readonly Fold[], exits: readonly number[], drop: number): number {
  const savings = folds.flatMap(({ making, judging }) => {
    const path = paperPath(
      exitsOfTable(making, exits),
      exits.map(() => true),
    );
    const table = exitsOfTable(judging, exits);
    const outcome = replayPath(path, table);
    const { full } = table.costs;
    return DROPS.map((multiple) => {
      const cheapest = bestPoint(outcome, { kind: 'max-drop', drop: multiple * drop }, full);
      return cheapest === undefined ? 0 : Math.max(0, 1 - outcome.cost[cheapest]! / (table.images * full));
    });
  });
  return savings.reduce((sum, saving) => sum + saving, 0) / savings.length;
}
