import { Command, Option } from 'commander';
import type { Manifest } from '../artifact/manifest.js';
import type { Shard } from '../records/shards.js';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { type EngineOptions, openChosenEngine, withEngineOptions } from './common/engine-options.js';
import { parseFolder, parseShard } from './common/parse.js';

interface RecordOptions extends CommonOptions, EngineOptions {
  readonly data?: string;
  readonly dataDir?: string;
  readonly split: keyof Manifest['splits'] | 'all';
  readonly shard?: Shard;
  readonly merge?: boolean;
}

export function recordCommand(run: RunCommand): Command {
  const command = new Command('record')
    .description("record the outputs of a cascade's exits again, on one machine or in shards on several")
    .argument('<cascade>', 'a folder made by attach', parseFolder)
    .option('--data <name>', 'the data set or its folder (default: the name of that it was made with)')
    .option('--data-dir <folder>', 'where data sets are (default: $CASCADE_DATA, else ~/.cache/cascade)')
    .addOption(
      new Option('--split <name>', 'whose images').choices(['calibration', 'test', 'all']).default('all'),
    )
    .option('--shard <i/n>', 'record only the i-th of n parts; run again, it goes on', parseShard)
    .option('--merge', 'join all shards to the records')
    .addHelpText(
      'after',
      '\nExamples:\n  cascade record r56.cascade\n  cascade record r56.cascade --shard 3/16\n  cascade record r56.cascade --merge',
    );
  return withCommonOptions(withEngineOptions(command)).action((folder: string, options: RecordOptions) =>
    run((context) => record(folder, options, context), options),
  );
}

async function record(
  folder: string,
  options: RecordOptions,
  { print, reporter, signal }: CommandContext,
): Promise<void> {
  const { loadManifest } = await import('../artifact/manifest.js');
  const { loadNetwork } = await import('../artifact/attached-network.js');
  const { mergeShards } = await import('../records/merge-shards.js');
  const { recordShard } = await import('../records/record-shard.js');
  const { shardName } = await import('../records/shards.js');
  const { locateCascadeDataset } = await import('../records/cascade-dataset.js');
  const { usageError } = await import('../errors.js');
  const { split, merge = false } = options;
  if (merge && options.shard !== undefined)
    throw usageError('--merge joins all shards and --shard records one; run one after the other.');
  const manifest = await loadManifest(folder);
  const saved = await loadNetwork(folder, manifest);
  const roles = (['calibration', 'test'] as const)
    .filter((role) => split === 'all' || split === role)
    // Two halves of a set are recorded together.
    .filter(
      (role, index, all) =>
        all.findIndex((each) => manifest.splits[each].records === manifest.splits[role].records) === index,
    );
  if (!merge) {
    const dataset = await locateCascadeDataset(folder, manifest, options);
    const engine = await openChosenEngine(options, reporter);
    const order = { folder, manifest, saved, dataset, engine, reporter, signal };
    for (const role of roles) await recordShard(order, role, options.shard ?? { number: 1, of: 1 });
  }
  const rows: { readonly records: string; readonly images?: number; readonly shard?: string }[] = [];
  for (const role of roles) {
    const { records } = manifest.splits[role];
    if (options.shard === undefined) rows.push({ records, images: await mergeShards(folder, records) });
    else rows.push({ records, shard: shardName(options.shard) });
  }
  if (options.json) return print(JSON.stringify(rows, null, 2));
  for (const { records, images, shard } of rows) {
    print(
      images === undefined
        ? `${records}: shard ${shard} is recorded.`
        : `${records}: ${images} images are recorded.`,
    );
  }
}
