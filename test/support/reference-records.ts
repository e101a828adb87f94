import path from 'node:path';
import { locateDataset, openSplit } from '../../lib/data/dataset.js';
import type { RecordedOutputs } from '../../lib/exits/recorded-outputs.js';
import { readNpy } from '../../lib/files/npy/npy.js';
import type { Need } from './needs.js';
import { cifar, cifarFolder, trainedModel } from './real-data.js';

/** Trained networks from small to large with their multiply-accumulates, whose outputs on CIFAR-10's test images are recorded. */
const MEMBERS = [
  { name: 'resnet8-cifar10-probabilities', macs: 12_501_632, gives: 'probabilities' },
  { name: 'resnet20-12fca82f', macs: 40_551_040, gives: 'logits' },
  { name: 'resnet56-4bfd9763', macs: 125_485_696, gives: 'logits' },
] as const;

const FILES = MEMBERS.map(({ name }) => trainedModel(path.join('reference-logits', `${name}.npy`)));

/** What a test needs that reads them. */
export const CHAIN_RECORDS: readonly Need[] = [...FILES, cifar('cifar10')];

/** Three trained networks in a row on CIFAR-10's 10,000 test images, as recorded outputs of two exits and a full network. */
export async function chainRecords(): Promise<RecordedOutputs> {
  const dataset = await locateDataset('cifar10', await cifarFolder());
  const source = await openSplit(dataset, dataset.description.splits.test);
  const { labels } = source;
  await source.close();
  const logits = await Promise.all(
    MEMBERS.map(async ({ gives }, member) => {
      const { data } = await readNpy(FILES[member]!.path);
      return Float32Array.from(
        data,
        gives === 'logits' ? Number : (value) => Math.log(Math.max(value, 1e-30)),
      );
    }),
  );
  return {
    classes: 10,
    labels,
    exitLogits: logits.slice(0, -1),
    fullLogits: logits.at(-1)!,
    costs: {
      // An exit stands at the end of each member, and has no head of its own.
      backbone: MEMBERS.slice(0, -1).map(({ macs }) => macs),
      heads: MEMBERS.slice(0, -1).map(() => 0),
      full: MEMBERS.at(-1)!.macs,
      members: MEMBERS.map((_, member) => member),
    },
  };
}
