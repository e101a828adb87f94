import path from 'node:path';
import { elementCount, type Tensor } from '../../../lib/network/tensor.js';
import { createRandom } from '../../../lib/stats/random.js';
import { writeSafetensors } from '../../../lib/weights/safetensors.js';
import { oneOf } from '../mutation.js';
import { damageBytes } from '../mutations/bytes.js';
import { damageSafetensors } from '../mutations/headed.js';
import { only, type Reader } from '../reader.js';
import { fixtures } from '../samples.js';
import { inspectNetwork } from './weights.js';

/** One of each family, and of each way to name its layers. */
const NETWORKS = [
  ...['torchvision-resnet50', 'hugging-face-resnet-14', 'kuangliu-resnet18', 'timm-resnet10t'],
  ...['torchvision-resnext50_32x4d', 'torchvision-mobilenet_v2', 'timm-mobilenetv2_050'],
  ...['efficientnet-lite0', 'timm-tf_efficientnet_lite0', 'torchvision-densenet-small'],
  ...['torchvision-densenet-first-names', 'torchvision-vgg-small', 'cifar-vgg'],
];

/** Networks of more numbers are made narrower: each of their widths above that is divided by it. */
const MOST_NUMBERS = 200_000;
const NARROWER = 16;

/** A network of the names of its tensors, and of shapes like theirs. */
async function narrowNetwork(network: string): Promise<Buffer> {
  const name = path.join('families', `${network}.txt`);
  const list = (await fixtures('weights', [name]))[name]!.toString();
  const shapes = list
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const [layer, ...kinds] = line.split(' ');
      return kinds.map((each): [string, number[]] => {
        const [kind, sizes] = each.split('=');
        return [`${layer}.${kind}`, sizes!.split('x').map(Number)];
      });
    });
  const numbers = shapes.reduce((sum, [, shape]) => sum + elementCount(shape), 0);
  const random = createRandom(0);
  const tensors = shapes.map(([tensor, sizes]): [string, Tensor] => {
    const shape = numbers > MOST_NUMBERS ? sizes.map(narrowed) : sizes;
    return [
      tensor,
      { shape, data: Float32Array.from({ length: elementCount(shape) }, () => 0.5 + random()) },
    ];
  });
  return Buffer.from(writeSafetensors(new Map(tensors)));
}

function narrowed(size: number): number {
  return size > NARROWER ? Math.max(1, Math.round(size / NARROWER)) : size;
}

/** Tensors by whose names and shapes a network of any family is recognised. */
const families: Reader = {
  name: 'recognized-families',
  samples: () =>
    Promise.all(NETWORKS.map(async (network) => ({ 'network.safetensors': await narrowNetwork(network) }))),
  mutationOf: () => oneOf(damageSafetensors, damageSafetensors, damageBytes),
  read: (folder, files) => inspectNetwork(path.join(folder, only(files))),
};

export const FAMILY_READERS = [families] as const;
