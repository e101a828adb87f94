import { writeFile } from 'node:fs/promises';
import { resnet } from '../../lib/network/architectures/resnet.js';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { torchvisionNames } from '../../lib/network/architectures/resnet-names.js';
import type { Graph } from '../../lib/network/graph.js';
import { randomParameters } from '../../lib/network/random-network.js';
import { writeSafetensors } from '../../lib/weights/safetensors.js';

/** ResNet-20 for images of 32 × 32 pixels. */
export function resnet20(classes: number): Graph {
  return cifarResNet({ inputShape: [3, 32, 32], classes, blocksPerStage: 3, shortcut: 'A' });
}

/** torchvision's ResNet-50 for images of 224 × 224 pixels. */
export function resnet50(classes: number): Graph {
  return resnet({
    inputShape: [3, 224, 224],
    classes,
    stem: { size: 7, widths: [64], downsamples: true, pooled: true },
    block: 'bottleneck',
    stages: [3, 4, 6, 3].map((blocks, stage) => ({
      blocks,
      width: 64 * 2 ** stage,
      outputWidth: 256 * 2 ** stage,
      groups: 1,
    })),
    bottleneckStride: '3x3',
    shortcut: 'convolution',
    names: torchvisionNames(),
  });
}

/** Writes random weights for a network. */
export async function writeRandomWeights(file: string, graph: Graph): Promise<void> {
  await writeFile(file, writeSafetensors(randomParameters(graph, 0)));
}
