import type { Manifest } from '../../artifact/manifest.js';
import { grouped } from '../numbers.js';

/** What `import-records` made, in a line. */
export function describeImported(out: string, { exits, classes, full_macs: fullMacs }: Manifest): string {
  return `${out}: ${exits.length} exits, ${classes} classes, ${grouped(fullMacs)} MACs`;
}
