import type { ExitCosts } from '../../exits/exit-table.js';
import type { Thresholds } from '../../exits/thresholds.js';

/** A softmax is never that sure, so that nobody leaves. */
const NOBODY = 2;

/** And never less sure than that, so that everybody does. */
const EVERYBODY = -1;

/** The ways of running a cascade that tell what each exit costs, and which of them each exit is reckoned from. */
export interface TimedWays {
  /** Thresholds under the softmax; the first are of the bare full network, no exit enabled. */
  readonly ways: readonly Thresholds[];
  /** For each exit the positions of its ways. */
  readonly exits: readonly {
    /** It alone is enabled, and all leave there. */
    readonly leaving: number;
    /** Its network to the end, without its head; `passing` with it, and nobody leaves there. Both missing for the end of an earlier network. */
    readonly without?: number;
    readonly passing?: number;
  }[];
}

/**
 * What runs tell the time of every exit's head: in the last network, what the head adds to the bare full network while nobody leaves; in an
 * earlier one, what it adds to a run in which all leave at the network's last exit. That exit's own head cannot be told from its network.
 *
 * @param exits how many there are.
 * @param members as `ExitCosts` has them.
 */
export function timedWays(exits: number, members: ExitCosts['members']): TimedWays {
  const ways: Thresholds[] = [new Array<null>(exits).fill(null)];
  const add = (...enabled: readonly (readonly [exit: number, threshold: number])[]): number => {
    const thresholds = new Array<number | null>(exits).fill(null);
    for (const [exit, threshold] of enabled) thresholds[exit] = threshold;
    return ways.push(thresholds) - 1;
  };
  const leaving = Array.from({ length: exits }, (_, exit) => add([exit, EVERYBODY]));
  const memberOf = (exit: number): number => members?.[exit] ?? 0;
  return {
    ways,
    exits: leaving.map((way, exit) => {
      if (memberOf(exit) === memberOf(exits))
        return { leaving: way, without: 0, passing: add([exit, NOBODY]) };
      const last = members!.lastIndexOf(memberOf(exit));
      if (last === exit) return { leaving: way };
      return { leaving: way, without: leaving[last]!, passing: add([exit, NOBODY], [last, EVERYBODY]) };
    }),
  };
}
