import path from 'node:path';
import { importRecords } from '../../cascade/import-records.js';
import { describeImported } from '../../report/describe/describe-imported.js';
import type { CommandContext } from '../common/context.js';
import type { ImportCommandOptions } from '../import-records.js';

/** Makes a cascade of recorded logits and prints what it is. */
export async function importFiles(
  options: ImportCommandOptions,
  { print, reporter, version }: CommandContext,
): Promise<void> {
  const manifest = await importRecords({
    ...options,
    name: options.name ?? path.parse(options.labels).name,
    force: options.force ?? false,
    version,
  });
  if (options.json) return print(JSON.stringify(manifest, null, 2));
  print(describeImported(options.out, manifest));
  reporter.note(`Next: cascade calibrate ${options.out} --max-drop 1%`);
}
