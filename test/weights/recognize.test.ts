import test from 'ava';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { parameterShapes } from '../../lib/network/parameter-shapes.js';
import { elementCount, type Tensor } from '../../lib/network/tensor.js';
import { recognizeNetwork } from '../../lib/weights/recognize.js';
import { hollowTensors } from './original-networks.js';

/** Tensors of a ResNet-8 for images of 1×8×8 and three classes, all zeros. */
function resnet8(shortcut: 'A' | 'B'): Map<string, Tensor> {
  const graph = cifarResNet({ inputShape: [1, 8, 8], classes: 3, blocksPerStage: 1, shortcut });
  return new Map(
    [...parameterShapes(graph)].map(([name, shape]) => [
      name,
      { shape, data: new Float32Array(elementCount(shape)) },
    ]),
  );
}

test('both kinds of shortcuts are told apart by their tensors', (t) => {
  t.is(recognizeNetwork(resnet8('A'), [8, 8], 'w').architecture, 'ResNet-8 (6n+2, option A)');
  t.is(recognizeNetwork(resnet8('B'), [8, 8], 'w').architecture, 'ResNet-8 (6n+2, option B)');
});

test('missing, misshapen and foreign tensors are named one by one', (t) => {
  const tensors = resnet8('A');
  tensors.delete('layer2.0.bn1.bias');
  tensors.set('layer3.0.conv2.weight', { shape: [64, 64, 1, 1], data: new Float32Array(4096) });
  tensors.set('ema.decay', { shape: [1], data: new Float32Array(1) });
  t.throws(() => recognizeNetwork(tensors, [8, 8], 'w.pt'), {
    message:
      'w.pt looks like a ResNet-8 (6n+2, option A) but does not fit: layer2.0.bn1.bias is missing; layer3.0.conv2.weight has the shape [64, 64, 1, 1] instead of [64, 64, 3, 3]; ema.decay is not part of it; if it is another network, export it to ONNX (torch.onnx.export).',
  });
});

test('where the tensor that tells the width is missing it is named, and no size that follows from it', (t) => {
  const tensors = resnet8('A');
  const { shape } = tensors.get('layer1.0.conv1.weight')!;
  tensors.delete('layer1.0.conv1.weight');
  tensors.set('layer1.0.conv1.weight_orig', { shape, data: new Float32Array() });
  t.throws(() => recognizeNetwork(tensors, [8, 8], 'w.pt'), {
    message:
      'w.pt looks like a ResNet-8 (6n+2, option A) but does not fit: layer1.0.conv1.weight is missing; layer1.0.conv1.weight_orig is not part of it; if it is another network, export it to ONNX (torch.onnx.export).',
  });
});

/** What is said about the tensors of an original network after a change. */
function refusalOf(network: string, change: (tensors: Map<string, Tensor>) => void): string {
  const tensors = hollowTensors(network);
  change(tensors);
  try {
    return recognizeNetwork(tensors, undefined, 'w.pt').architecture;
  } catch (error) {
    return (error as Error).message;
  }
}

for (const name of [
  'conv1.weight',
  'layer1.0.conv3.weight',
  'layer2.0.conv1.weight',
  'layer3.5.conv1.weight',
  'layer4.0.downsample.0.weight',
  'fc.bias',
]) {
  test(`a ResNet-50 without ${name} is still told by its other tensors`, (t) => {
    t.is(
      refusalOf('torchvision-resnet50', (tensors) => tensors.delete(name)),
      `w.pt looks like a ResNet-50 (v1.5) but does not fit: ${name} is missing; if it is another network, export it to ONNX (torch.onnx.export).`,
    );
  });
}

test('convolutions of another width or kernel are named', (t) => {
  const message = refusalOf('torchvision-resnet18', (tensors) => {
    for (const [name, shape] of [
      ['conv1.weight', [64, 3, 5, 5]],
      ['layer2.1.conv2.weight', [128, 96, 3, 3]],
    ] as const) {
      tensors.set(name, { shape, data: new Float32Array() });
    }
  });
  t.is(
    message,
    'w.pt looks like a ResNet-18 but does not fit: conv1.weight has the shape [64, 3, 5, 5] instead of [64, 3, 7, 7]; layer2.1.conv2.weight has the shape [128, 96, 3, 3] instead of [128, 128, 3, 3]; if it is another network, export it to ONNX (torch.onnx.export).',
  );
});

test('a network with squeeze and excitation is refused with its foreign tensors', (t) => {
  // timm 1.0.31 calls them so in seresnet50.
  const foreign = ['weight', 'bias'].map((kind) => `layer1.0.se.fc1.${kind}`);
  const message = refusalOf('torchvision-resnet50', (tensors) => {
    for (const name of foreign) tensors.set(name, { shape: [16], data: new Float32Array() });
  });
  t.is(
    message,
    'w.pt looks like a ResNet-50 (v1.5) but does not fit: layer1.0.se.fc1.weight is not part of it; layer1.0.se.fc1.bias is not part of it; if it is another network, export it to ONNX (torch.onnx.export).',
  );
});

test('a network with group normalisation is refused for the running statistics that it lacks', (t) => {
  const message = refusalOf('torchvision-resnet18', (tensors) => {
    for (const name of [...tensors.keys()]) if (name.includes('running')) tensors.delete(name);
  });
  t.regex(
    message,
    /does not fit: bn1\.running_mean is missing; bn1\.running_var is missing; .* and 32 more; if it is another network, export it to ONNX \(torch\.onnx\.export\)\.$/,
  );
});

test('the image is as large as asked for, or else as is usual for the architecture', (t) => {
  const shapeOf = (tensors: Map<string, Tensor>, size?: [number, number]) =>
    recognizeNetwork(tensors, size, 'w').network.graph.inputShape;
  t.deepEqual(shapeOf(hollowTensors('torchvision-resnet18'), [64, 96]), [3, 64, 96]);
  t.deepEqual(shapeOf(hollowTensors('torchvision-resnet18')), [3, 224, 224]);
  t.deepEqual(shapeOf(hollowTensors('timm-resnet10t')), [3, 224, 224]);
  t.deepEqual(shapeOf(hollowTensors('kuangliu-resnet18')), [3, 32, 32]);
  t.deepEqual(shapeOf(resnet8('A')), [1, 32, 32]);
});

test('tensors of another network say what was looked for and what was found', (t) => {
  const tensors = new Map([['encoder.weight', { shape: [2], data: new Float32Array(2) }]]);
  t.throws(() => recognizeNetwork(tensors, [8, 8], 'w.pt'), {
    message:
      /^w\.pt holds no network that cascade recognises: it looks for a CIFAR ResNet .*, or a ResNet, wide ResNet or ResNeXt of torchvision or timm .*, or a ResNet of Hugging Face's transformers .*, and found encoder\.weight; export it to ONNX \(torch\.onnx\.export\), which cascade reads of any classifier\.$/,
  });
});

test('what stands in place of a tensor of the network is refused by its class', (t) => {
  const tensors = resnet8('A');
  tensors.delete('linear.bias');
  const foreign = new Map([
    ['args', 'argparse.Namespace'],
    ['linear.bias', 'numpy.ndarray'],
  ]);
  t.throws(() => recognizeNetwork(tensors, [8, 8], 'w.pt', {}, foreign), {
    message:
      'w.pt holds something of the class numpy.ndarray, which cascade does not load, in place of the tensor linear.bias; save the model with torch.save(model.state_dict(), …).',
  });
});

test('a network of more blocks than are read is refused with the limit, at once', (t) => {
  const tensors = resnet8('A');
  for (let block = 1; block < 200_000; block++) {
    tensors.set(`layer1.${block}.conv1.weight`, { shape: [16, 16, 3, 3], data: new Float32Array() });
  }
  t.throws(() => recognizeNetwork(tensors, [8, 8], 'w.pt'), {
    message:
      'w.pt has more than 1000 blocks such as layer1.0, the most that cascade reads; give a smaller network.',
  });
});

test('a tensor without elements is named', (t) => {
  const tensors = resnet8('A');
  tensors.set('linear.weight', { shape: [0, 64], data: new Float32Array() });
  tensors.set('linear.bias', { shape: [0], data: new Float32Array() });
  t.throws(() => recognizeNetwork(tensors, [8, 8], 'w.pt'), {
    message:
      /does not fit: linear\.weight is empty; linear\.bias is empty; if it is another network, export it to ONNX \(torch\.onnx\.export\)\.$/,
  });
});
