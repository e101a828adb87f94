import path from 'node:path';
import { Command } from 'commander';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { parseFolder, parseMacs } from './common/parse.js';

interface ImportCommandOptions extends CommonOptions {
  readonly logits: readonly string[];
  readonly labels: string;
  readonly macs: readonly number[];
  readonly out: string;
  readonly name?: string;
  readonly force?: boolean;
}

export function importRecordsCommand(run: RunCommand): Command {
  const command = new Command('import-records')
    .description('make a cascade of logits that any framework recorded (NumPy .npy files)')
    .requiredOption(
      '--logits <files...>',
      'images × classes, one file an exit in order, the full network last',
    )
    .requiredOption('--labels <file>', 'class of each image, counted from 0')
    .requiredOption(
      '--macs <numbers>',
      'what leaving at each exit costs in all, the full network last: 42.9M,84.2M,125M',
      parseMacs,
    )
    .requiredOption('--out <folder>', 'the cascade to make', parseFolder)
    .option('--name <text>', 'what the data are called in reports (default: the name of the labels file)')
    .option('--force', 'replace a cascade that is there')
    .addHelpText(
      'after',
      '\nExample:\n  cascade import-records --logits e1.npy e2.npy full.npy --labels y.npy --macs 42.9M,84.2M,125.5M --out mine.cascade',
    );
  return withCommonOptions(command).action((options: ImportCommandOptions) =>
    run((context) => importFiles(options, context), options),
  );
}

async function importFiles(
  options: ImportCommandOptions,
  { print, reporter, version }: CommandContext,
): Promise<void> {
  const { importRecords } = await import('../cascade/import-records.js');
  const { grouped } = await import('../report/numbers.js');
  const manifest = await importRecords({
    ...options,
    name: options.name ?? path.parse(options.labels).name,
    force: options.force ?? false,
    version,
  });
  if (options.json) return print(JSON.stringify(manifest, null, 2));
  print(
    `${options.out}: ${manifest.exits.length} exits, ${manifest.classes} classes, ${grouped(manifest.full_macs)} MACs`,
  );
  reporter.note(`Next: cascade calibrate ${options.out} --max-drop 1%`);
}
