import { FULL_NETWORK } from '../../artifact/exit-names.js';
import { chain as makeChain } from '../../cascade/chain/chain.js';
import { inputShapeOf, readMember } from '../../cascade/chain/chain-member.js';
import { memberNames } from '../../cascade/chain/member-names.js';
import { counted } from '../../counted.js';
import { defaultDataFolder, locateDataset, resizedAs } from '../../data/dataset.js';
import { usageError } from '../../errors.js';
import { isPlainName } from '../../files/plain-name.js';
import { describeChain } from '../../report/describe/describe-chain.js';
import { describeReading } from '../../report/describe/describe-reading.js';
import type { ChainCommandOptions } from '../chain.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import { makingOptions } from '../common/making-options.js';

/** Puts networks one after another and prints what was made. */
export async function chain(
  files: readonly string[],
  options: ChainCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { reporter, print } = context;
  const { out } = options;
  const names = chosenNames(files, options.names);
  const located = await locateDataset(options.data, options.dataDir ?? defaultDataFolder());
  const { shape } = located.description;
  const sizes = chosenSizes(files, options.imageSizes);
  const sources = [];
  for (const [index, file] of files.entries())
    sources.push(await readMember(file, located.description, sizes?.[index]));
  for (const [index, source] of sources.entries())
    for (const note of 'backbone' in source ? source.backbone.notes : [])
      reporter.note(`${names[index]}: ${note}`);
  for (const [index, source] of sources.entries()) {
    const own = inputShapeOf(source).slice(1).join('×');
    if (own !== shape.slice(1).join('×'))
      reporter.note(`${names[index]}: images are resized to ${own} for it (bilinear).`);
  }
  const full = sources.at(-1)!;
  const preprocessing =
    'backbone' in full ? full.backbone.preprocessing : full.manifest.backbone.preprocessing;
  const dataset = resizedAs(located, preprocessing);
  const manifest = await makeChain(sources, dataset, await openChosenEngine(options, reporter), {
    ...makingOptions(options, context),
    out,
    names,
    onReading: (name, choice) => reporter.note(`${name}: ${describeReading(choice)}`),
  });
  if (options.json) return print(JSON.stringify(manifest, null, 2));
  print(describeChain(manifest, out, dataset.description.title));
  reporter.note(`Next: cascade calibrate ${out} --max-drop 1%`);
}

/** @throws CascadeError if there are not as many as networks. */
function chosenSizes(
  files: readonly string[],
  given: ChainCommandOptions['imageSizes'],
): ChainCommandOptions['imageSizes'] {
  if (given === undefined || given.length === files.length) return given;
  throw usageError(
    `--image-sizes has ${counted(given.length, 'size')} for ${counted(files.length, 'network')}; give one for each, in their order.`,
  );
}

/** @throws CascadeError if there are not as many as networks, two are the same, or one could not be part of a name. */
function chosenNames(files: readonly string[], given: readonly string[] | undefined): readonly string[] {
  if (given === undefined) return memberNames(files);
  const isUsable = new Set([...given, FULL_NETWORK]).size > given.length && given.every(isPlainName);
  if (given.length !== files.length || !isUsable)
    throw usageError(
      `--names ${given.join(',')} must give each of the ${files.length} networks a plain name of its own, such as small,large.`,
    );
  return given;
}
