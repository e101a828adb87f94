import { chosenClassesWords } from '../../artifact/chosen-classes.js';
import type { Manifest } from '../../artifact/manifest.js';
import { counted, grouped } from '../numbers.js';
import { renderTable } from '../table.js';

/** What `attach` made, in a line and a table of its exits. @param names what the cascade, its backbone and its data are called. */
export function describeAttached(
  manifest: Manifest,
  { out, architecture, data }: { readonly out: string; readonly architecture: string; readonly data: string },
): string {
  const { exits, full_macs: fullMacs } = manifest;
  const title = [
    `${out}: ${architecture} on ${data}`,
    chosenClassesWords(manifest),
    counted(exits.length, 'exit'),
    `${grouped(fullMacs)} MACs`,
  ];
  const table = renderTable(
    ['exit after', 'head', 'MACs with head', 'head MACs', 'accuracy on held-out fitting images'],
    exits.map((exit) => [
      exit.name,
      exit.head,
      grouped(exit.backbone_macs + exit.head_macs),
      grouped(exit.head_macs),
      `${exit.held_out_accuracy_percent!.toFixed(1)} %`,
    ]),
  );
  return [title.filter(Boolean).join(', '), '', table].join('\n');
}
