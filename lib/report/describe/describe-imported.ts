import type { Manifest } from '../../artifact/manifest.js';
import { counted, grouped } from '../../counted.js';

/** What `import-records` made, in a line. */
export function describeImported(out: string, { exits, classes, full_macs: fullMacs }: Manifest): string {
  return `${out}: ${counted(exits.length, 'exit')}, ${counted(classes, 'class', 'classes')}, ${grouped(fullMacs)} MACs`;
}
