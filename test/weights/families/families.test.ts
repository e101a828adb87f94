import test from 'ava';
import { openEngine } from '../../../lib/engine/open-engine.js';
import { readNpy } from '../../../lib/files/npy/npy.js';
import { foldBatchNormalization } from '../../../lib/network/fold-batch-norm.js';
import { totalMacs } from '../../../lib/network/macs.js';
import { parameterCount } from '../../../lib/network/parameter-shapes.js';
import type { Choices } from '../../../lib/weights/families/open-choices.js';
import { recognizeNetwork } from '../../../lib/weights/recognize.js';
import { noise } from '../noise.js';
import { hollowTensors, originalLogits, originalTensors } from '../original-networks.js';

/**
 * MACs of convolutions and linear layers at the usual image size, counted by forward hooks on the original implementations, and their
 * learned parameters (torchvision 0.29.1, timm 1.0.31, efficientnet_lite_pytorch 0.1.0: fixtures/families/make.py).
 */
const ORIGINALS: readonly (readonly [
  network: string,
  architecture: string,
  side: number,
  macs: number,
  parameters: number,
])[] = [
  ['efficientnet-lite0', 'EfficientNet-Lite0', 224, 385_187_552, 4_652_008],
  ['efficientnet-lite1', 'EfficientNet-Lite1', 240, 600_185_232, 5_416_680],
  ['efficientnet-lite2', 'EfficientNet-Lite2', 260, 859_736_272, 6_092_072],
  ['efficientnet-lite4', 'EfficientNet-Lite4', 300, 2_553_034_336, 13_006_568],
  ['timm-tf_efficientnet_lite0', 'EfficientNet-Lite0', 224, 385_187_552, 4_652_008],
  ['timm-mobilenetv2_050', 'MobileNetV2 ×0.5', 224, 97_131_840, 1_968_680],
  ['timm-mobilenetv2_120d', 'MobileNetV2 ×1.2 of 26 blocks', 224, 668_857_568, 5_831_144],
  ['torchvision-mobilenet_v2', 'MobileNetV2', 224, 300_774_272, 3_504_872],
  ['torchvision-vgg11', 'VGG-11', 224, 7_609_090_048, 132_863_336],
  ['torchvision-vgg16', 'VGG-16', 224, 15_470_264_320, 138_357_544],
  ['torchvision-vgg19_bn', 'VGG-19 (batch normalisation)', 224, 19_632_062_464, 143_678_248],
  ['timm-vgg13_bn', 'VGG-13 (batch normalisation)', 224, 11_308_466_176, 133_053_736],
  ['cifar-vgg', 'VGG-8 (batch normalisation, 1 fully connected layer)', 8, 80_800, 6038],
  ['torchvision-densenet121', 'DenseNet-121', 224, 2_834_161_664, 7_978_856],
  ['torchvision-densenet161', 'DenseNet-161', 224, 7_727_907_072, 28_681_000],
];

for (const [network, name, side, macs, parameters] of ORIGINALS) {
  test(`${network} is recognised as ${name}, of ${macs} MACs at its usual image size`, (t) => {
    const { architecture, network: found } = recognizeNetwork(hollowTensors(network), undefined, 'w');
    t.is(architecture, name);
    t.deepEqual(found.graph.inputShape, [3, side, side]);
    t.is(totalMacs(found.graph), macs);
    t.is(parameterCount(found.graph), parameters);
  });
}

/** Networks of random weights whose logits the original implementations gave for one image of noise; odd sizes try every padding. */
const COMPUTED: readonly (readonly [
  network: string,
  height: number,
  width: number,
  choices?: Partial<Choices>,
])[] = [
  ['efficientnet-lite0-72x59', 72, 59],
  ['timm-tf_efficientnet_lite0', 72, 59],
  ['timm-efficientnet_lite0', 72, 59, { padding: 'even' }],
  ['timm-mobilenetv2_050', 72, 59],
  ['torchvision-mobilenet_v2', 64, 64],
  ['torchvision-mobilenet_v2-small', 72, 59],
  ['torchvision-vgg-small', 28, 28],
  // Maps of 14×7 and of one pixel, averaged to 7×7.
  ['torchvision-vgg-large-images', 56, 28],
  ['torchvision-vgg-tiny-images', 8, 8],
  ['cifar-vgg', 8, 8],
  ['torchvision-densenet-small', 67, 60],
  ['torchvision-densenet-first-names', 67, 60],
  ['timm-vgg-small', 28, 28],
  // A map of 14×9, over which the 7×7 window of the first fully connected layer runs.
  ['timm-vgg-large-images', 56, 37],
  ['chenyaofo-mobilenetv2', 32, 32, { stemStride: '1' }],
  ['kuangliu-densenet', 32, 32],
  ['weiaicunzai-densenet', 32, 32],
  ['weiaicunzai-resnet10', 32, 32],
];

for (const [name, height, width, choices] of COMPUTED) {
  test.serial(`${name} with random weights gives PyTorch's logits within 1e-3`, async (t) => {
    const expected = await readNpy(originalLogits(name));
    const { network } = recognizeNetwork(originalTensors(name), [height, width], 'w', choices);
    const engine = await openEngine();
    const program = await engine.load(foldBatchNormalization(network), {});
    const [logits] = await program.run(noise('image', 3 * height * width, 4, -2), 1);
    await program.dispose();
    t.is(logits!.length, expected.data.length);
    const largest = logits!.reduce(
      (most, logit, index) => Math.max(most, Math.abs(logit - expected.data[index]!)),
      0,
    );
    t.true(largest < 1e-3, `largest difference ${largest}`);
  });
}

for (const [network, open] of [
  ['efficientnet-lite0', []],
  ['timm-tf_efficientnet_lite0', ['padding']],
  ['timm-mobilenetv2_050', []],
  ['torchvision-mobilenet_v2', ['stemStride']],
  ['kuangliu-densenet', []],
  ['torchvision-densenet121', []],
] as const) {
  test(`${network} leaves open: ${open.join(', ') || 'nothing'}`, (t) => {
    const { openChoices } = recognizeNetwork(hollowTensors(network), undefined, 'w');
    t.deepEqual([...openChoices.keys()], [...open]);
  });
}

for (const network of ['timm-mnasnet_100', 'torchvision-alexnet'])
  test(`${network}, of layers with such names but other activations or strides, is not taken for one of a family`, (t) => {
    t.throws(() => recognizeNetwork(hollowTensors(network), undefined, 'w'), {
      message: /^w holds no network that cascade recognises: it looks for /,
    });
  });

test('an EfficientNet with squeeze-and-excite is refused by the tensors that EfficientNet-Lite lacks', (t) => {
  const tensors = hollowTensors('efficientnet-lite0');
  tensors.set('_blocks.0._se_reduce.weight', { shape: [8, 32, 1, 1], data: new Float32Array() });
  t.throws(() => recognizeNetwork(tensors, undefined, 'w'), {
    message:
      'w looks like an EfficientNet-Lite0 but does not fit: _blocks.0._se_reduce.weight is not part of it; if it is another network, export it to ONNX (torch.onnx.export).',
  });
});

test('a VGG is refused on images whose last map cannot be averaged in windows of one size', (t) => {
  t.throws(() => recognizeNetwork(hollowTensors('torchvision-vgg16'), [256, 256], 'w'), {
    message:
      'A VGG whose last feature map is averaged to 7×7 runs on images that leave a multiple of that, and these leave 8×8; give images of another size.',
  });
});
