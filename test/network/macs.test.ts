import test from 'ava';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import type { Graph } from '../../lib/network/graph.js';
import { nodeMacs, totalMacs } from '../../lib/network/macs.js';
import { parameterCount } from '../../lib/network/parameter-shapes.js';

function resnet(blocksPerStage: number, shortcut: 'A' | 'B' = 'A'): Graph {
  return cifarResNet({ inputShape: [3, 32, 32], classes: 10, blocksPerStage, shortcut });
}

// MACs of convolutions and fully connected layers, as fvcore counts them on the PyTorch implementations.
const GOLDEN: readonly (readonly [layers: number, macs: number])[] = [
  [20, 40_551_040],
  [32, 68_862_592],
  [44, 97_174_144],
  [56, 125_485_696],
  [110, 252_887_680],
];

for (const [layers, macs] of GOLDEN) {
  test(`ResNet-${layers} on CIFAR-10 takes ${macs} MACs`, (t) => {
    t.is(totalMacs(resnet((layers - 2) / 6)), macs);
  });
}

test("the paper's convention gives its sum for the bare ResNet-110", (t) => {
  t.is(totalMacs(resnet(18), 'paper'), 253_928_090);
});

test("the paper's convention gives its components of ResNet-110 with FC 64 heads", (t) => {
  // Berestizshevsky & Even's sheet: 86,000,922 + 84,068,170 + 83,909,578. Heads: window-8 pooling, FC 64, FC 10.
  const head = (features: number, pooled: number): number => pooled + (features + 1) * 64 + (64 + 1) * 10;
  const cuts = cutPoints(resnet(18), 'paper');
  const [first, second] = [cuts[17]!.macs, cuts[35]!.macs];
  t.is(first + head(256, 16 * 32 * 32), 86_000_922);
  t.is(second - first + head(128, 32 * 16 * 16), 84_068_170);
  t.is(totalMacs(resnet(18), 'paper') - second, 83_909_578);
});

test('ResNet-20 and ResNet-56 have as many parameters as their PyTorch implementations', (t) => {
  // sum(p.numel() for p in model.parameters()) of the published networks.
  t.is(parameterCount(resnet(3)), 269_722);
  t.is(parameterCount(resnet(9)), 853_018);
});

test('option B costs its two 1×1 projections more than option A', (t) => {
  t.is(totalMacs(resnet(3, 'B')) - totalMacs(resnet(3, 'A')), 16 * 32 * 16 * 16 + 32 * 64 * 8 * 8);
});

test('only convolutions and fully connected layers cost anything', (t) => {
  const graph = resnet(3);
  const macs = nodeMacs(graph);
  for (const node of graph.nodes) {
    t.is(macs.get(node.name)! > 0, node.kind === 'convolution' || node.kind === 'linear', node.name);
  }
});

test('the MACs of a node follow from its shapes', (t) => {
  const macs = nodeMacs(resnet(3));
  t.is(macs.get('conv1'), 16 * 3 * 9 * 32 * 32);
  t.is(macs.get('layer2.0.conv1'), 32 * 16 * 9 * 16 * 16);
  t.is(macs.get('linear'), 640);
});
