import path from 'node:path';
import { Command } from 'commander';
import { type CommandContext, type CommonOptions, type RunCommand, withCommonOptions } from './context.js';

interface FetchOptions extends CommonOptions {
  readonly dataDir?: string;
}

export function fetchCommand(run: RunCommand): Command {
  const command = new Command('fetch')
    .description('download a data set, check it, unpack it; an interrupted download goes on where it stopped')
    .argument('<dataset>', 'cifar10, cifar100, mnist or fashion-mnist')
    .option('--data-dir <folder>', 'where data sets are kept (default: $CASCADE_DATA, else ~/.cache/cascade)')
    .addHelpText('after', '\nExample:\n  cascade fetch cifar10');
  return withCommonOptions(command, { json: false }).action((name: string, options: FetchOptions) =>
    run((context) => fetchDataset(name, options, context), options),
  );
}

async function fetchDataset(
  name: string,
  options: FetchOptions,
  { print, reporter, signal }: CommandContext,
): Promise<void> {
  const { defaultDataFolder, locateDataset } = await import('../data/dataset.js');
  const { loadDescription } = await import('../data/dataset-description.js');
  const { download } = await import('../data/download.js');
  const { extractArchive } = await import('../data/extract.js');
  const { usageError } = await import('../errors.js');
  const { rm } = await import('node:fs/promises');
  const folder = options.dataDir ?? defaultDataFolder();
  const { description } = await loadDescription(name);
  if (description.downloads.length === 0)
    throw usageError(`${description.title} has no address to download from; its files come with it.`);
  for (const { url, md5, unpack } of description.downloads) {
    const file = path.basename(new URL(url).pathname);
    const target = unpack ? path.join(folder, file) : path.join(folder, description.folder ?? name, file);
    const bar = reporter.bar(`Downloading ${file}`, 100);
    try {
      await download(url, target, {
        md5,
        signal,
        onProgress: (received, total) =>
          bar.update(total === undefined ? 0 : Math.floor((100 * received) / total)),
      });
    } finally {
      bar.stop();
    }
    if (unpack) {
      await extractArchive(target, folder);
      await rm(target);
    }
  }
  print((await locateDataset(name, folder)).folder);
}
