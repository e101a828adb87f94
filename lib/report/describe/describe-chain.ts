import { chosenClassesWords } from '../../artifact/chosen-classes.js';
import type { Manifest } from '../../artifact/manifest.js';
import { counted, grouped } from '../../counted.js';
import { renderTable } from '../table.js';

/** What `chain` made, in a line and a table of its networks. @param out the folder. @param data what the data set is called. */
export function describeChain(manifest: Manifest, out: string, data: string): string {
  const { members, exits, full_macs: full } = manifest;
  const names = members!.map(({ name }) => name).join(' > ');
  const table = renderTable(
    ['network', 'architecture', 'MACs', 'of the full network', 'exits'],
    members!.map(({ name, architecture, macs }, index) => [
      name,
      architecture,
      grouped(macs),
      `${((100 * macs) / full).toFixed(1)} %`,
      String(exits.filter(({ member }) => member === index).length),
    ]),
  );
  const title = [
    `${out}: ${names} on ${data}`,
    chosenClassesWords(manifest),
    counted(exits.length, 'exit'),
    `${grouped(full)} MACs`,
  ];
  return [title.filter(Boolean).join(', '), '', table].join('\n');
}
