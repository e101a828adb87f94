import path from 'node:path';
import { Command } from 'commander';
import type { CatalogueEntry } from '../data/download/catalogue.js';
import type { Download } from '../data/download/download-schema.js';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';

interface FetchOptions extends CommonOptions {
  readonly dataDir?: string;
  readonly all?: boolean;
}

export function fetchCommand(run: RunCommand): Command {
  const command = new Command('fetch')
    .description(
      'download a data set or known weights, check and unpack them; without a name, list what there is',
    )
    .argument('[name]', 'a data set such as cifar10 or svhn, or weights such as resnet56-cifar10')
    .option('--data-dir <folder>', 'where they are kept (default: $CASCADE_DATA, else ~/.cache/cascade)')
    .option('--all', 'also parts that no split uses, such as the extra images of SVHN')
    .addHelpText(
      'after',
      `
An interrupted download goes on where it stopped. $CASCADE_MIRROR names one or more base addresses, separated by spaces, that are
tried first for a file of the same name; $HTTP_PROXY, $HTTPS_PROXY and $NO_PROXY are respected.

Example:
  cascade fetch cifar10`,
    );
  return withCommonOptions(command).action((name: string | undefined, options: FetchOptions) =>
    run(
      (context) => (name === undefined ? list(options, context) : fetchEntry(name, options, context)),
      options,
    ),
  );
}

async function dataFolderOf({ dataDir }: FetchOptions): Promise<string> {
  const { defaultDataFolder } = await import('../data/dataset.js');
  return dataDir ?? defaultDataFolder();
}

async function list(options: FetchOptions, { print }: CommandContext): Promise<void> {
  const { catalogue } = await import('../data/download/catalogue.js');
  const { renderTable } = await import('../report/table.js');
  const entries = await catalogue(await dataFolderOf(options));
  if (options.json) {
    const rows = entries.map(({ name, kind, title, size, license, path: there }) => ({
      ...{ name, kind, title, size_bytes: size, license, path: there },
    }));
    return print(JSON.stringify(rows, null, 2));
  }
  const rows = entries.map(({ name, title, size, license, path: there }) => [
    name,
    title,
    size === null ? null : `${(size / 1e6).toFixed(1)} MB`,
    license,
    there,
  ]);
  print(renderTable(['name', 'what', 'size', 'licence', 'here'], rows, 5));
}

async function fetchEntry(name: string, options: FetchOptions, context: CommandContext): Promise<void> {
  const { catalogueEntry } = await import('../data/download/catalogue.js');
  const { locateDataset } = await import('../data/dataset.js');
  const dataFolder = await dataFolderOf(options);
  const entry = await catalogueEntry(name, dataFolder);
  if (entry.path !== null && entry.kind === 'data set' && !options.all) {
    context.reporter.note(`${name} is here already.`);
    return context.print(options.json ? JSON.stringify({ name, path: entry.path }, null, 2) : entry.path);
  }
  let file = '';
  for (const part of entry.downloads) {
    if (!part.optional || options.all) file = await fetchPart(part, entry, dataFolder, context);
  }
  const found = entry.kind === 'weights' ? file : (await locateDataset(name, dataFolder)).folder;
  context.print(options.json ? JSON.stringify({ name, path: found }, null, 2) : found);
}

/** @returns the file, which is gone again where it was unpacked. */
async function fetchPart(
  part: Download,
  { folder }: CatalogueEntry,
  dataFolder: string,
  { reporter, signal }: CommandContext,
): Promise<string> {
  const { fileNameOf } = await import('../data/download/catalogue.js');
  const { isDownloaded } = await import('../data/download/download.js');
  const { extractArchive } = await import('../data/download/extract.js');
  const { addressesOf, downloadFromAny } = await import('../data/download/mirrors.js');
  const { rm } = await import('node:fs/promises');
  const file = fileNameOf(part.url);
  const target = path.join(part.unpack ? dataFolder : folder, file);
  if (!(await isDownloaded(target, part))) {
    const bar = reporter.bar(`Downloading ${file}`, 100);
    const onProgress = (received: number, total = part.size): void =>
      bar.update(total === undefined ? 0 : Math.floor((100 * received) / total));
    try {
      await downloadFromAny(addressesOf(part.url), target, { ...part, signal, onProgress }, (error) =>
        reporter.note(`${error.message} Trying the next address.`),
      );
    } finally {
      bar.stop();
    }
  }
  if (part.unpack) {
    await extractArchive(target, dataFolder);
    await rm(target);
  }
  return target;
}
