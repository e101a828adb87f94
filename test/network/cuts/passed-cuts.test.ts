import test from 'ava';
import { cutPoints } from '../../../lib/network/cut-points.js';
import { scopeOf } from '../../../lib/network/cuts/scope.js';
import type { Graph } from '../../../lib/network/graph.js';
import { GraphBuilder } from '../../../lib/network/graph-builder.js';

/** Convolutions of 1×1 one behind the other on 8×8 pixels, a ReLU behind each, and a classifier of ten classes. */
function chain(...channels: readonly number[]): Graph {
  const builder = new GraphBuilder();
  let value = builder.input;
  channels.forEach((outputChannels, index) => {
    value = builder.convolution(value, `conv${index}`, { outputChannels, size: 1 });
    value = builder.relu(value, `relu${index}`);
  });
  return builder.graph([channels[0]!, 8, 8], builder.classifier(value, 'logits', 10));
}

test('in a chain of equal layers each but the last is a place, behind its activation', (t) => {
  const cuts = cutPoints(chain(16, 16, 16, 16));
  // 8 · 8 · 16 · 16 a layer, by hand.
  t.deepEqual(
    cuts.map(({ value, macs }) => [value, macs]),
    [
      ['relu0', 16_384],
      ['relu1', 32_768],
      ['relu2', 49_152],
      ['relu3', 65_536],
    ],
  );
});

test('nothing stands where less than a fortieth of all lies before, between or behind', (t) => {
  const cuts = cutPoints(chain(...new Array<number>(100).fill(8)));
  const total = 100 * 64 * 64 + 80;
  cuts.slice(0, -1).forEach(({ macs }, index) => {
    t.true(macs - (cuts[index - 1]?.macs ?? 0) >= total / 40);
    t.true(total - macs >= total / 40);
  });
  // Every third layer from the third to the 96th, and the last.
  t.is(cuts.length, 33);
});

test('no place stands inside a block that is wide in its middle', (t) => {
  // The wide value is followed by the narrow one after 1 of 101 parts of all.
  const graph = chain(4, 16, 4, 160, 160);
  t.false(cutPoints(graph).some(({ value }) => value === 'relu1'));
});

test('a scope is the path of modules, lists of modules named once', (t) => {
  t.deepEqual(scopeOf('/encoder/layers/encoder_layer_0/Add_output_0'), {
    scope: 'encoder.layers.encoder_layer_0',
  });
  t.deepEqual(scopeOf('/features/features.1/features.1.0/Add_1_output_0'), { scope: 'features.1.0' });
  t.deepEqual(scopeOf('input.4'), {});
  t.deepEqual(scopeOf('/a\u001b[2J/Add'), {});
});
