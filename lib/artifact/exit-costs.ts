import type { ExitCosts } from '../exits/exit-table.js';
import type { Manifest } from './manifest.js';

/** What a manifest, or the `meta.json` beside records, says of the costs of its exits. */
export function exitCosts({
  exits,
  full_macs: fullMacs,
}: {
  readonly exits: readonly Pick<Manifest['exits'][number], 'backbone_macs' | 'head_macs'>[];
  readonly full_macs: number;
}): ExitCosts {
  return {
    backboneMacs: exits.map((exit) => exit.backbone_macs),
    headMacs: exits.map((exit) => exit.head_macs),
    fullMacs,
  };
}
