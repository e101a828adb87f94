import { z } from 'zod';
import type { ExitCosts } from '../exits/exit-table.js';
import { count } from './counts.js';

/** More exits than any network has places for. */
export const MOST_EXITS = 1000;

/** What an exit costs, as `cascade.json` and the `meta.json` beside records say it. */
export const exitCostsSchema = z.strictObject({
  /** Residual block after which the exit stands, counted from 0. */
  block: count,
  /** Multiply-accumulates of the backbone up to the exit. */
  backbone_macs: count,
  head_macs: count,
});

/** Exits with what they cost, and the full network. */
export interface WrittenCosts {
  readonly exits: readonly z.infer<typeof exitCostsSchema>[];
  readonly full_macs: number;
}

/** What is wrong with costs that are numbers each, and where; undefined if nothing is. */
export function costsFault({
  exits,
  full_macs: fullMacs,
}: WrittenCosts): [(string | number)[], string] | undefined {
  for (const [index, exit] of exits.entries()) {
    const { block, backbone_macs: macs } = exit;
    const before = exits[index - 1];
    if (before !== undefined && block <= before.block)
      return [['exits', index, 'block'], 'the blocks must rise from exit to exit'];
    if (macs < (before?.backbone_macs ?? 0))
      return [['exits', index, 'backbone_macs'], 'the MACs must not fall from exit to exit'];
    if (macs > fullMacs)
      return [
        ['exits', index, 'backbone_macs'],
        'the MACs up to an exit are more than those of the full network',
      ];
  }
  const heads = exits.reduce((sum, { head_macs: macs }) => sum + macs, 0);
  if (fullMacs === 0 || !Number.isSafeInteger(fullMacs + heads))
    return [['full_macs'], 'the MACs must be between 1 and 2^53'];
  return undefined;
}

/** What a manifest, or the `meta.json` beside records, says of the costs of its exits. */
export function exitCosts({ exits, full_macs: fullMacs }: WrittenCosts): ExitCosts {
  return {
    backbone: exits.map((exit) => exit.backbone_macs),
    heads: exits.map((exit) => exit.head_macs),
    full: fullMacs,
  };
}
