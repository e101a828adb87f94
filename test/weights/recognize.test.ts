import test from 'ava';
import { parameterShapes } from '../../lib/network/parameter-shapes.js';
import { cifarResNet } from '../../lib/network/resnet-cifar.js';
import { elementCount, type Tensor } from '../../lib/network/tensor.js';
import { recognizeNetwork } from '../../lib/weights/recognize.js';

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
      'w.pt looks like a ResNet-8 (6n+2, option A) but does not fit: layer2.0.bn1.bias is missing; layer3.0.conv2.weight has the shape [64, 64, 1, 1] instead of [64, 64, 3, 3]; ema.decay is not part of it.',
  });
});

test('tensors of another network say what was looked for and what was found', (t) => {
  const tensors = new Map([['encoder.weight', { shape: [2], data: new Float32Array(2) }]]);
  t.throws(() => recognizeNetwork(tensors, [8, 8], 'w.pt'), {
    message: /^w\.pt holds no network that cascade recognises: .* and found encoder\.weight\.$/,
  });
});
