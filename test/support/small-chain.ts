import path from 'node:path';
import type { ExecutionContext } from 'ava';
import { saveNetwork } from '../../lib/artifact/attached-network.js';
import { loadManifest, type Manifest, SCHEMA, saveManifest } from '../../lib/artifact/manifest.js';
import { calibrateCascade } from '../../lib/cascade/calibrate-cascade.js';
import { joinMembers } from '../../lib/cascade/chain/join-members.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import { withPixelInput } from '../../lib/network/input/pixel-input.js';
import { totalMacs } from '../../lib/network/macs.js';
import { randomParameters } from '../../lib/network/random-network.js';
import { temporaryFolder } from './run-cascade.js';
import { CLASSES, SHAPE, writeSmallRecords } from './small-cascade.js';

const NORMALIZATION = { mean: [0.5], std: [0.25] };
const NAMES = ['small', 'middle', 'large'] as const;

/** A whole, calibrated chain of a ResNet-8, -14 and -20 of random weights, the records made up. */
export async function smallChain(
  t: ExecutionContext,
): Promise<{ readonly folder: string; readonly manifest: Manifest }> {
  const folder = path.join(await temporaryFolder(t), 'chain.cascade');
  const members = NAMES.map((_, index) => {
    const graph = cifarResNet({
      inputShape: SHAPE,
      classes: CLASSES,
      blocksPerStage: index + 1,
      shortcut: 'A',
    });
    const trained = { graph, parameters: randomParameters(graph, index) };
    const network = withPixelInput(foldBatchNormalization(trained), NORMALIZATION);
    const architecture = `ResNet-${6 * index + 8}`;
    return { network, macs: totalMacs(network.graph), architecture, normalization: NORMALIZATION, exits: [] };
  });
  const { saved, exits } = joinMembers(members, NAMES);
  const described = members.map(({ macs, architecture, normalization }, index) => ({
    ...{ file: `${NAMES[index]}.safetensors`, sha256: '0'.repeat(64), architecture },
    ...{ input_shape: SHAPE, normalization, name: NAMES[index]!, macs },
  }));
  const { name: _name, macs: full_macs, ...backbone } = described.at(-1)!;
  const written: Manifest = {
    schema: SCHEMA,
    ...{ cascade_version: '0', name: 'chain', dataset: 'noise', classes: CLASSES },
    class_names: ['dark', 'grey', 'bright'],
    ...{ full_macs, full_member: saved.fullMember, members: described, mac_convention: 'default', exits },
    splits: { calibration: { records: 'calibration' }, test: { records: 'test' } },
    ...{ seed: 0, backbone },
    sha256: await saveNetwork(folder, saved),
  };
  await saveManifest(folder, written);
  const manifest = await loadManifest(folder);
  await writeSmallRecords(folder, manifest);
  const search = { method: 'paper-path', scoring: DEFAULT_SCORING, labelFree: false } as const;
  const target = { kind: 'max-drop', drop: 0.3 } as const;
  await calibrateCascade(folder, manifest, { splitSeed: 0, search, target, confidence: 0.6 });
  return { folder, manifest };
}
