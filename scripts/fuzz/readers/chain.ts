import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitsOf, saveNetwork } from '../../../lib/artifact/attached-network.js';
import { writtenCalibration } from '../../../lib/artifact/calibration.js';
import { onlyCosts } from '../../../lib/artifact/exit-costs.js';
import type { Manifest } from '../../../lib/artifact/manifest.js';
import type { ChainMember } from '../../../lib/cascade/chain/chain-member.js';
import { joinMembers } from '../../../lib/cascade/chain/join-members.js';
import { writtenMember } from '../../../lib/cascade/chain/written-member.js';
import { showCascade } from '../../../lib/cascade/show-cascade.js';
import { studentGraph } from '../../../lib/heads/networks/student-graph.js';
import { foldBatchNormalization } from '../../../lib/network/fold-batch-norm.js';
import { withPixelInput } from '../../../lib/network/input/pixel-input.js';
import { totalMacs } from '../../../lib/network/macs.js';
import { randomParameters } from '../../../lib/network/random-network.js';
import { subgraph } from '../../../lib/network/segments.js';
import { recordsFolder } from '../../../lib/records/records.js';
import { describeShown } from '../../../lib/report/show/describe-shown.js';
import { oneOf } from '../mutation.js';
import { damageBytes } from '../mutations/bytes.js';
import { damageSafetensors } from '../mutations/headed.js';
import type { Files, Reader } from '../reader.js';
import {
  attachedNetwork,
  CLASSES,
  calibration,
  classify,
  damageDocument,
  evaluate,
  filesIn,
  IMAGES,
  INPUT_SHAPE,
  NORMALIZATION,
  SCHEMA,
  writeRecords,
} from './cascade-folder.js';

const SHA256 = '0'.repeat(64);

/** A student, and behind it a network with exits inside. */
function members(): readonly ChainMember[] {
  const graph = studentGraph({ inputShape: INPUT_SHAPE, classes: CLASSES, width: 4 });
  const trained = foldBatchNormalization({ graph, parameters: randomParameters(graph, 0) });
  const attached = attachedNetwork();
  const about = exitsOf(
    attached,
    attached.exits.map(() => 50),
  );
  const inside = attached.network.graph;
  return [
    {
      network: withPixelInput(trained, NORMALIZATION),
      macs: totalMacs(graph),
      ...{ architecture: 'student of 4 channels', normalization: NORMALIZATION, heldOutAccuracy: 0.5 },
      exits: [],
    },
    {
      network: attached.network,
      macs: totalMacs(subgraph(inside, inside.input, [inside.output])),
      ...{ architecture: 'ResNet-8', normalization: NORMALIZATION },
      exits: attached.exits.map(({ value, logits }, exit) => ({ value, logits, about: about[exit]! })),
    },
  ];
}

/** The files of a calibrated chain of random weights. */
async function chainFiles(): Promise<Files> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-fuzz-sample-'));
  try {
    const [names, networks] = [['student-10', 'noise'], members()];
    const { saved, exits } = joinMembers(networks, names);
    await saveNetwork(folder, saved);
    const described = networks.map((member, index) =>
      writtenMember(member, {
        ...{ file: 'noise.safetensors', sha256: SHA256, name: names[index]!, inputShape: INPUT_SHAPE },
        chosenClasses: { of: 10, indices: [4, 0, 9] },
      }),
    );
    const { name: _, macs: full_macs, ...backbone } = described.at(-1)!;
    const manifest: Manifest = {
      ...{ schema: SCHEMA, cascade_version: '0.0.0', name: 'noise', dataset: 'noise', classes: CLASSES },
      class_names: ['dark', 'grey', 'bright'],
      ...{ full_macs, full_member: saved.fullMember, members: described, mac_convention: 'default', exits },
      splits: { calibration: { records: 'test', half: 0 }, test: { records: 'test', half: 1 } },
      ...{ seed: 0, backbone },
    };
    const content = { schema: SCHEMA, source: 'noise/test', images: IMAGES, classes: CLASSES };
    await writeRecords(recordsFolder(folder, 'test'), { ...content, ...onlyCosts(manifest) });
    const thresholds = { schema: SCHEMA, calibrations: [writtenCalibration(calibration(exits.length))] };
    await writeFile(path.join(folder, 'cascade.json'), JSON.stringify(manifest));
    await writeFile(path.join(folder, 'thresholds.json'), JSON.stringify(thresholds));
    return await filesIn(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Everything that looks at a cascade's folder. */
async function lookAtAll(folder: string): Promise<void> {
  describeShown(await showCascade(folder));
  await evaluate(folder);
  await classify(folder);
}

/** Networks one after another: exits at their ends and inside them. */
const chain: Reader = {
  name: 'chain-cascade',
  samples: async () => [await chainFiles()],
  mutationOf(file) {
    if (file.endsWith('.json')) return damageDocument;
    return file.endsWith('.safetensors') ? oneOf(damageSafetensors, damageBytes) : undefined;
  },
  read: lookAtAll,
};

export const CHAIN_READERS = [chain] as const;
