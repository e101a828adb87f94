import { counted } from '../../counted.js';
import { usageError } from '../../errors.js';
import type { CutPoint } from '../../network/cut-points.js';

const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/**
 * Where exits stand by their share of the MACs, as a rule says: for the exit `index` of `count`, counted from 1, the least share of the
 * full network's MACs before it. The four distributions of EENets (Demir & Akbas, "Early-exit Convolutional Neural Networks", arXiv
 * 2409.05336; `set_thresholds` of their code), taken up for trained networks by PTEENet (Lahiany & Aperstein, arXiv 2501.02508):
 *
 * - `linear`: i / (n + 1), evenly.
 * - `pareto`: 1 − 0.8^i, each exit after a fifth of what is left.
 * - `fine`: 1 − 0.95^i, each after a twentieth of what is left.
 * - `golden`: φ^(i − 1 − n), each golden-ratio times as far in as the one before.
 */
const SHARES = {
  linear: (index, count) => index / (count + 1),
  pareto: (index) => 1 - 0.8 ** index,
  fine: (index) => 1 - 0.95 ** index,
  golden: (index, count) => GOLDEN_RATIO ** (index - 1 - count),
} as const satisfies Readonly<Record<string, (index: number, count: number) => number>>;

export type PlacementName = keyof typeof SHARES;

export const PLACEMENT_NAMES = Object.keys(SHARES) as readonly PlacementName[];

/** Rounding of a share of MACs. */
const ROUNDING = 1e-9;

/**
 * The cut points that a rule of the literature gives: each exit stands after the first block that is free and whose MACs reach its share.
 *
 * @param places from the first block to the last but one.
 * @throws CascadeError if the network has not as many blocks behind those shares.
 */
export function namedPlacement(
  name: PlacementName,
  count: number,
  places: readonly CutPoint[],
  fullMacs: number,
): readonly CutPoint[] {
  const asked = `--exits ${name}:${count}`;
  if (count < 1 || count > places.length)
    throw usageError(
      `${asked} is not between 1 and ${counted(places.length, 'exit')}, the blocks of this backbone but the last.`,
    );
  const chosen: CutPoint[] = [];
  for (let index = 1; index <= count; index++) {
    const least = (SHARES[name](index, count) - ROUNDING) * fullMacs;
    const place = places.find(({ block, macs }) => macs >= least && block > (chosen.at(-1)?.block ?? -1));
    if (place === undefined)
      throw usageError(
        `${asked} finds places for ${counted(chosen.length, 'exit')} only in this backbone; ask for ${chosen.length === 0 ? 'another placement' : `${name}:${chosen.length}`}.`,
      );
    chosen.push(place);
  }
  return chosen;
}
