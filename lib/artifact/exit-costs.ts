import { z } from 'zod';
import type { ExitCosts } from '../exits/exit-table.js';
import { count } from './counts.js';

/** More exits than any network has places for. */
export const MOST_EXITS = 1000;

/** What an exit costs, as `cascade.json` and the `meta.json` beside records say it. */
export const exitCostsSchema = z.strictObject({
  /** Number of the network that it stands in, where several are run one after another. */
  member: count.exactOptional(),
  /** Residual block after which the exit stands, counted from 0; null at the end of a network of a chain. */
  block: count.nullable(),
  /** Multiply-accumulates of its network up to the exit. */
  backbone_macs: count,
  head_macs: count,
});

/** Exits with what they cost, and the full network. */
export interface WrittenCosts {
  readonly exits: readonly z.infer<typeof exitCostsSchema>[];
  readonly full_macs: number;
  /** Number of the full network among the networks of a chain. */
  readonly full_member?: number;
}

/** What is wrong with costs that are numbers each, and where; undefined if nothing is. */
export function costsFault({
  exits,
  full_macs: fullMacs,
  full_member: fullMember,
}: WrittenCosts): [(string | number)[], string] | undefined {
  for (const [index, exit] of exits.entries()) {
    const { block, member, backbone_macs: macs } = exit;
    const last = exits[index - 1];
    if ((member === undefined) !== (fullMember === undefined) || (member ?? 0) > (fullMember ?? 0))
      return [['exits', index, 'member'], 'it is no network of the chain'];
    if ((member ?? 0) < (last?.member ?? 0))
      return [['exits', index, 'member'], 'the networks must not fall from exit to exit'];
    if (block === null && member === fullMember)
      return [['exits', index, 'block'], 'only a network before the full one has an exit at its end'];
    const before = last?.member === member ? last : undefined;
    if (
      before !== undefined &&
      (before.block === null || (block ?? Number.POSITIVE_INFINITY) <= before.block)
    )
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
export function exitCosts({ exits, full_macs: full, full_member: fullMember }: WrittenCosts): ExitCosts {
  const costs = {
    backbone: exits.map((exit) => exit.backbone_macs),
    heads: exits.map((exit) => exit.head_macs),
    full,
  };
  return fullMember === undefined
    ? costs
    : { ...costs, members: [...exits.map(({ member }) => member!), fullMember] };
}

/** The costs alone, of what says more of its exits. */
export function onlyCosts({ exits, full_macs, full_member }: WrittenCosts): WrittenCosts {
  return {
    exits: exits.map(({ member, block, backbone_macs, head_macs }) => ({
      ...(member === undefined ? {} : { member }),
      block,
      backbone_macs,
      head_macs,
    })),
    full_macs,
    ...(full_member === undefined ? {} : { full_member }),
  };
}
