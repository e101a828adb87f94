import path from 'node:path';
import { exportCascade } from '../../export/export-cascade.js';
import { describeExport } from '../../report/describe/describe-export.js';
import type { CommandContext } from '../common/context.js';
import type { ExportCommandOptions } from '../export.js';

/** Writes a cascade as files for other runtimes and prints what they are. */
export async function writeExport(
  folder: string,
  { format, out, use, maxDrop, force, json }: ExportCommandOptions,
  { print, version }: CommandContext,
): Promise<void> {
  const target = out ?? `${path.basename(folder).replace(/\.cascade$/, '')}-${format}`;
  const description = await exportCascade(folder, {
    format,
    out: target,
    use,
    maxDrop,
    force: force ?? false,
    version,
  });
  print(json ? JSON.stringify(description, null, 2) : describeExport(target, description));
}
