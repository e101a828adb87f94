import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import { CascadeError } from '../../lib/errors.js';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import { totalMacs } from '../../lib/network/macs.js';
import { parameterShapes } from '../../lib/network/parameter-shapes.js';
import type { Tensor } from '../../lib/network/tensor.js';
import type { Choices } from '../../lib/weights/families/open-choices.js';
import { readNetwork } from '../../lib/weights/read-network.js';
import { writeSafetensors } from '../../lib/weights/safetensors.js';
import { serialTestWith, testWith } from '../support/needs.js';
import { sharedCase } from '../support/real-data.js';
import { noisyParameter } from './noise.js';
import { encodeModel, type Node } from './onnx/onnx-models.js';
import { withFile } from './weight-files.js';

function resnet8(): Map<string, Tensor> {
  const graph = cifarResNet({ inputShape: [1, 8, 8], classes: 3, blocksPerStage: 1, shortcut: 'A' });
  return new Map([...parameterShapes(graph)].map(([name, shape]) => [name, noisyParameter(name, shape)]));
}

/** What is said of a ResNet-8 after a change. */
function refusalAfter(change: (tensors: Map<string, Tensor>) => void): Promise<string> {
  const tensors = resnet8();
  change(tensors);
  return withFile(writeSafetensors(tensors), async (file) => {
    try {
      return (await readNetwork(file, [8, 8])).architecture;
    } catch (error) {
      if (!(error instanceof CascadeError)) throw error;
      return error.message.replace(file, 'FILE');
    }
  });
}

test('a network of more nodes than engines prepare in good time is refused', async (t) => {
  const name = (index: number): string => (index < 0 ? 'image' : `a${index}`);
  const nodes = Array.from({ length: 10_000 }, (_, index): Node => ['Abs', [name(index - 1)], name(index)]);
  const model = encodeModel({
    nodes: [...nodes, ['Flatten', [name(9_999)], 'flat'], ['MatMul', ['flat', 'w'], 'logits']],
    weights: { w: [192, 5] },
  });
  await withFile(model, async (file) => {
    await t.throwsAsync(readNetwork(file), {
      instanceOf: CascadeError,
      message: `${file} holds a network of 10,002 nodes, and cascade runs at most 10,000; simplify the model and save it again.`,
    });
  });
});

test('NaN and infinite weights are refused by the name of their tensor', async (t) => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    t.is(
      await refusalAfter((tensors) => tensors.get('layer2.0.conv1.weight')!.data.fill(value, 7, 8)),
      'FILE holds NaN or infinite values in the tensor layer2.0.conv1.weight; get the file again or repeat its training.',
    );
  }
});

test('batch normalisations that give NaN or infinite weights are refused', async (t) => {
  const message =
    'FILE has batch normalisations that make the tensor layer2.0.conv1.weight NaN or infinite (a variance below 0, or numbers too large for float32); repeat its training.';
  const broken: ((tensors: Map<string, Tensor>) => void)[] = [
    (tensors) => tensors.get('layer2.0.bn1.running_var')!.data.fill(-1, 0, 1),
    (tensors) => {
      tensors.get('layer2.0.bn1.weight')!.data.fill(1e38);
      tensors.get('layer2.0.bn1.running_var')!.data.fill(0);
    },
  ];
  for (const change of broken) t.is(await refusalAfter(change), message);
  t.is(await refusalAfter(() => {}), 'ResNet-8 (6n+2, option A)');
});

test('a tensor of a name of a million characters is refused in a sentence of reasonable length', async (t) => {
  const message = await refusalAfter((tensors) =>
    tensors.set('\x1b[2J'.repeat(250_000), { shape: [1], data: Float32Array.of(1) }),
  );
  t.true(message.length < 300, message.slice(0, 1000));
  t.notRegex(message, /\p{Cc}/u);
});

test('a key is refused where it leads nowhere, and options of tensors where a file describes its network', async (t) => {
  await withFile(writeSafetensors(resnet8()), async (file) => {
    await t.throwsAsync(readNetwork(file, [8, 8], { key: 'ema' }), {
      message: `--key ema leads to no tensors in ${file}, which has them under . (the top of the file).`,
    });
    await t.throwsAsync(readNetwork(file, [8, 8], { choices: { stride: '1x1' } }), {
      message: `--stride says which convolution of a bottleneck has its stride, which ${file}, a ResNet-8 (6n+2, option A), does not leave open; leave the option out.`,
    });
  });
  const keras = 'test/weights/keras/fixtures/chain-keras3.keras';
  for (const [option, reading] of [
    ['--key', { key: 'ema' }],
    ['--option-a', { choices: { optionA: 'end' } }],
  ] as const) {
    await t.throwsAsync(readNetwork(keras, undefined, reading), {
      message: `${option} is for files of tensors alone (PyTorch, safetensors), and ${keras} describes its network itself; leave the option out.`,
    });
  }
});

for (const name of [
  'pytorch-averaged/checkpoint.pth',
  'pytorch-counter/checkpoint.pth',
  'pytorch-device/checkpoint.pth',
  'pytorch-lightning/last.ckpt',
  'pytorch-model-state/checkpoint.pth',
  'pytorch-namespace/checkpoint.pth',
  'pytorch-numpy-scalar/checkpoint.pth',
  'pytorch-thop-counters/checkpoint.pth',
]) {
  const file = sharedCase(name);
  testWith(file, `${name}: the network is read whatever stands beside it`, async (t) => {
    const { architecture, network, notes } = await readNetwork(file.path);
    t.is(architecture, 'ResNet-8 (6n+2, option B)');
    t.is(totalMacs(network.graph), 864_416);
    t.deepEqual(notes, []);
  });
}

/** Logits of the first image, by PyTorch 2.13 with each reading of the same weights. */
const OPEN: readonly (readonly [string, string, Partial<Choices>, string, readonly number[]])[] = [
  [
    'stem-maxpool',
    'resnet18_small.pt',
    {},
    'ResNet-18 (3×3 stem)',
    [-0.08848502, -0.16479325, 0.04205056, 0.06693362, 0.10188533],
  ],
  [
    'stem-maxpool',
    'resnet18_small.pt',
    { stemPool: 'max' },
    'ResNet-18 (3×3 stem, max-pool)',
    [-0.11836544, -0.21682036, 0.03846627, 0.06299236, 0.12300776],
  ],
  [
    'option-a-zeros-at-end',
    'resnet8.pth',
    {},
    'ResNet-8 (6n+2, option A)',
    [-0.0512, 0.2704, -0.4104, 0.2064, 0.2779, -0.0621, 0.0441, -0.334, -0.0334, 0.0778],
  ],
  [
    'option-a-zeros-at-end',
    'resnet8.pth',
    { optionA: 'end' },
    'ResNet-8 (6n+2, option A, zeros at the end)',
    [-0.1552, 0.0415, -0.6757, 0.3744, 0.3654, -0.0012, 0.1895, -0.3072, -0.3917, -0.0868],
  ],
];

for (const [folder, name, choices, expectedName, expected] of OPEN) {
  const file = sharedCase(folder, name);
  const title = `${folder}, read as ${expectedName}, gives the logits of PyTorch within 1e-4`;
  serialTestWith(file, title, async (t) => {
    const { architecture, network, openChoices } = await readNetwork(file.path, [32, 32], { choices });
    t.is(architecture, expectedName);
    t.is(openChoices.size, 1);
    const pixels = await readFile(path.join(path.dirname(file.path), 'x.f32'));
    const image = new Float32Array(new Uint8Array(pixels).buffer, 0, 3 * 32 * 32);
    const engine = await openEngine();
    const program = await engine.load(foldBatchNormalization(network), {});
    const [logits] = await program.run(image, 1);
    await program.dispose();
    t.is(logits!.length, expected.length);
    for (const [index, logit] of expected.entries()) t.true(Math.abs(logits![index]! - logit) < 1e-4);
  });
}

for (const [name, message] of [
  ['laughs26.pt', /^FILE is cut off or damaged; get the file again\.$/],
  ['deep.pt', /^FILE is cut off or damaged; get the file again\.$/],
  ['manyaxes.pt', /^FILE describes a tensor of 50002 axes, and cascade reads up to 64; /],
] as const) {
  const file = sharedCase('hostile', name);
  testWith(file, `${name}: a hostile file is refused in a sentence`, async (t) => {
    const error = await t.throwsAsync(readNetwork(file.path), { instanceOf: CascadeError });
    t.regex(error!.message.replace(file.path, 'FILE'), message);
  });
}
