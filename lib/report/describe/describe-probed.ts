import { blockName } from '../../artifact/exit-names.js';
import type { Probed } from '../../cascade/probe/probe-exits.js';
import { grouped } from '../../counted.js';
import { probeRows } from '../probe-rows.js';
import { renderTable } from '../table.js';

/** What probes at all blocks have right, in a table with a column for each kind of head. */
export function describeProbed(probed: Probed): string {
  const rows = probeRows(probed);
  const full = rows.at(-1)!;
  const kinds = [...new Set(probed.places.map(({ head }) => head))];
  const cuts = [...new Map(probed.places.map(({ cut }) => [cut.block, cut])).values()];
  const title = `Probes, fitted on ${grouped(probed.fittingImages)} of the fitting images; right among ${grouped(full.images)} others:`;
  const cellsOf = (block: number | null, head: string | null): readonly string[] => {
    const row = rows.find((each) => each.block === block && each.head === head)!;
    return [`${row.macs_percent.toFixed(1)} %`, `${row.accuracy_percent.toFixed(1)} %`];
  };
  const table = renderTable(
    ['exit after', ...kinds.flatMap((kind) => [`MACs with ${kind}`, `right`])],
    [
      ...cuts.map(({ block, scope }) => [
        blockName(block, scope),
        ...kinds.flatMap((kind) => cellsOf(block, kind)),
      ]),
      [full.name, ...kinds.flatMap(() => cellsOf(null, null))],
    ],
  );
  return [title, '', table, '', PROBE_CAUTION].join('\n');
}

/** What must be said wherever probes are shown. */
const PROBE_CAUTION =
  'A probe is weaker than the fitted head, which sees more images; and a network that was trained on these images knows them better than unseen ones.';
