import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import { readNpy } from '../../lib/files/npy/npy.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import type { Graph } from '../../lib/network/graph.js';
import { totalMacs } from '../../lib/network/macs.js';
import { parameterCount } from '../../lib/network/parameter-shapes.js';
import { recognizeNetwork } from '../../lib/weights/recognize.js';
import { noise } from './noise.js';
import { hollowTensors, originalLogits, originalTensors } from './original-networks.js';

/**
 * MACs of convolutions and linear layers at the usual image size, counted by forward hooks on the original implementations, and
 * their learned parameters (torchvision 0.28.0, timm 1.0.31, transformers 5.24.0: fixtures/families/make.py). For its
 * own networks torchvision publishes the same numbers of parameters (`num_params` of the weights) and MACs (`_ops`, in thousand millions).
 */
const ORIGINALS: readonly (readonly [
  network: string,
  architecture: string,
  macs: number,
  parameters: number,
])[] = [
  ['torchvision-resnet18', 'ResNet-18', 1_814_073_344, 11_689_512],
  ['torchvision-resnet34', 'ResNet-34', 3_663_761_408, 21_797_672],
  ['torchvision-resnet50', 'ResNet-50 (v1.5)', 4_089_184_256, 25_557_032],
  ['torchvision-resnet101', 'ResNet-101 (v1.5)', 7_801_405_440, 44_549_160],
  ['torchvision-resnet152', 'ResNet-152 (v1.5)', 11_513_626_624, 60_192_808],
  ['torchvision-resnext50_32x4d', 'ResNeXt-50 32×4d', 4_230_479_872, 25_028_904],
  ['torchvision-resnext101_64x4d', 'ResNeXt-101 64×4d', 15_460_270_080, 83_455_272],
  ['torchvision-wide_resnet50_2', 'Wide ResNet-50-2 (v1.5)', 11_398_021_120, 68_883_240],
  ['torchvision-wide_resnet14_2', 'Wide ResNet-14-2 (v1.5)', 3_382_706_176, 21_553_960],
  ['timm-resnet10t', 'ResNet-10 (deep stem, pooled shortcuts)', 1_097_259_008, 5_435_488],
  ['timm-resnet14t', 'ResNet-14 (v1.5, deep stem, pooled shortcuts)', 1_676_822_528, 10_081_632],
  ['timm-resnet18d', 'ResNet-18 (deep stem, pooled shortcuts)', 2_053_713_920, 11_708_744],
  ['timm-resnet50c', 'ResNet-50 (v1.5, deep stem)', 4_328_824_832, 25_576_264],
  ['timm-resnet50d', 'ResNet-50 (v1.5, deep stem, pooled shortcuts)', 4_328_824_832, 25_576_264],
  ['timm-resnet50s', 'ResNet-50 (v1.5, deep stem)', 5_444_337_664, 25_680_808],
  ['hugging-face-resnet-18', 'ResNet-18', 1_814_073_344, 11_689_512],
  ['hugging-face-resnet-14', 'ResNet-14 (v1.5)', 1_468_792_832, 10_064_936],
  ['hugging-face-resnet-50', 'ResNet-50 (v1.5)', 4_089_184_256, 25_557_032],
  ['kuangliu-resnet18', 'ResNet-18 (3×3 stem)', 555_422_720, 11_173_962],
  ['kuangliu-resnet50', 'ResNet-50 (v1.5, 3×3 stem)', 1_297_829_888, 23_520_842],
];

for (const [network, name, macs, parameters] of ORIGINALS) {
  test(`${network} is recognised as ${name}, of ${macs} MACs at its usual image size`, (t) => {
    const { architecture, network: found } = recognizeNetwork(hollowTensors(network), undefined, 'w');
    t.is(architecture, name);
    t.is(totalMacs(found.graph), macs);
    t.is(parameterCount(found.graph), parameters);
  });
}

/** Networks of random weights whose logits the original implementations gave for one image of noise. */
const COMPUTED: readonly (readonly [network: string, height: number, width: number])[] = [
  ['torchvision-resnet18', 64, 64],
  ['torchvision-resnet50', 64, 64],
  ['torchvision-resnext50_32x4d', 64, 64],
  ['torchvision-wide_resnet14_2', 64, 64],
  // 72×40 becomes 9×5 and 5×3 before shortcuts that take 2×2 means.
  ['timm-resnet10t', 72, 40],
  ['timm-resnet14t', 72, 40],
  ['timm-resnet18d', 72, 40],
  ['hugging-face-resnet-18', 64, 48],
  ['hugging-face-resnet-14', 64, 48],
  ['kuangliu-resnet18', 32, 32],
];

for (const [name, height, width] of COMPUTED) {
  test.serial(`${name} with random weights gives PyTorch's logits within 1e-3`, async (t) => {
    const expected = await readNpy(originalLogits(name));
    const { network } = recognizeNetwork(originalTensors(name), [height, width], 'w');
    const engine = await openEngine();
    const program = await engine.load(foldBatchNormalization(network), {});
    const image = noise('image', 3 * height * width, 4, -2);
    const [logits] = await program.run(image, 1);
    await program.dispose();
    t.is(logits!.length, expected.data.length);
    const largest = logits!.reduce(
      (most, logit, index) => Math.max(most, Math.abs(logit - expected.data[index]!)),
      0,
    );
    t.true(largest < 1e-3, `largest difference ${largest}`);
  });
}

function graphOf(network: string): Graph {
  return recognizeNetwork(hollowTensors(network), undefined, 'w').network.graph;
}

test('ResNet-50 can be cut after each of its 16 blocks; stages end where the feature map becomes smaller', (t) => {
  const shapes = cutPoints(graphOf('torchvision-resnet50')).map(({ shape }) => shape.join('×'));
  t.deepEqual(shapes, [
    ...Array(3).fill('256×56×56'),
    ...Array(4).fill('512×28×28'),
    ...Array(6).fill('1024×14×14'),
    ...Array(3).fill('2048×7×7'),
  ]);
});

for (const [network, blocks] of [
  ['torchvision-resnet18', 8],
  ['timm-resnet50d', 16],
  ['hugging-face-resnet-50', 16],
  ['torchvision-resnet152', 50],
] as const) {
  test(`${network} can be cut after each of its ${blocks} blocks`, (t) => {
    t.is(cutPoints(graphOf(network)).length, blocks);
  });
}

test('a bottleneck with its stride on the first convolution, as in the paper, costs less: it halves the sides before that', (t) => {
  const { architecture, network, openChoices } = recognizeNetwork(
    hollowTensors('torchvision-resnet50'),
    undefined,
    'w',
    { stride: '1x1' },
  );
  t.is(architecture, 'ResNet-50 (v1)');
  t.deepEqual([...openChoices], [['stride', '1x1']]);
  // In three stages a 1×1 convolution computes a quarter of its pixels, e.g. of 56² with 256 → 128 channels.
  t.is(totalMacs(network.graph), 4_089_184_256 - 3 * (3 / 4) * 56 ** 2 * 256 * 128);
  t.deepEqual(
    cutPoints(network.graph).map(({ shape }) => shape.join()),
    cutPoints(graphOf('torchvision-resnet50')).map(({ shape }) => shape.join()),
  );
});

for (const [network, open] of [
  ['torchvision-resnet18', []],
  ['torchvision-resnet50', ['stride']],
  ['kuangliu-resnet18', ['stemPool']],
  ['kuangliu-resnet50', ['stemPool', 'stride']],
] as const) {
  test(`${network} leaves open: ${open.join(', ') || 'nothing'}`, (t) => {
    const { openChoices } = recognizeNetwork(hollowTensors(network), undefined, 'w');
    t.deepEqual([...openChoices.keys()], [...open]);
  });
}
