import type { AutoExits } from '../../cascade/attach/auto-exits.js';
import { grouped } from '../../counted.js';
import { percent } from '../../stats/percent.js';
import { candidateRows, probeNames } from '../probe-rows.js';
import { renderTable } from '../table.js';

/** Measured on ResNet-56 and CIFAR-10: probes expected about half of what the fitted heads saved. */
const WEAKER =
  'Probes are weaker than the fitted heads, which save more: the figures rank places and promise nothing.';

/** Which exits `--exits auto` chose, one after another, and what each adds. */
export function describeAutoExits(choice: AutoExits): string {
  const { students, places, outputs, fittingImages, chosen, drop } = choice;
  const asNetworks = students.map((name) => ({ block: null, name, head: 'network' }));
  const rows = candidateRows([...asNetworks, ...probeNames(places)], outputs);
  const { labels } = outputs;
  const among = students.length === 0 ? '' : ' and among the fitted students';
  const title = `Exits chosen by probes${among} (fitted on ${grouped(fittingImages)} images, judged on ${grouped(labels.length)} others) for a drop of ${percent(drop)} points:`;
  const table = renderTable(
    ['exit after', 'head', 'MACs with head', 'probe right', 'saved with those above'],
    chosen.map(({ exit, saved }) => {
      const row = rows[exit]!;
      return [
        row.name,
        row.head,
        `${row.macs_percent.toFixed(1)} %`,
        `${row.accuracy_percent.toFixed(1)} %`,
        `${percent(saved).toFixed(1)} %`,
      ];
    }),
    2,
  );
  return [title, '', table, '', WEAKER].join('\n');
}
