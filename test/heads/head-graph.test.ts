import test from 'ava';
import fc from 'fast-check';
import { headGraph, poolingCells, recordedGraph } from '../../lib/heads/head-graph.js';
import { HEAD_KINDS, type HeadKindName, type PooledHeadName } from '../../lib/heads/head-kinds.js';
import { totalMacs } from '../../lib/network/macs.js';
import { parameterCount } from '../../lib/network/parameter-shapes.js';
import { inferShapes } from '../../lib/network/shapes.js';

/** On 32 channels of 16×16 with 10 classes, by hand. */
const GOLDEN: readonly (readonly [HeadKindName, macs: number, parameters: number])[] = [
  ['linear', 32 * 10, 33 * 10],
  // 2×2 windows of 8×8 pixels.
  ['paper', 128 * 64 + 64 * 10, 129 * 64 + 65 * 10],
  ['mlp', 512 * 256 + 256 * 10, 513 * 256 + 257 * 10],
  // The convolution's input has a scale and a shift a channel.
  ['conv', 64 * 288 * 64 + 1024 * 256 + 2560, 64 + 289 * 64 + 1025 * 256 + 2570],
  // 8·8·64·(288 + 576 + 32), 8·8·64·(576 + 576), 640; a bias in place of each batch normalisation.
  ['deep', 8_389_248, 64 * (288 + 576 + 32 + 576 + 576 + 5) + 650],
  ['conv1x1', 64 * 32 * 256 + 1024 * 256 + 2560, 64 + 33 * 64 + 1025 * 256 + 2570],
];

for (const [name, macs, parameters] of GOLDEN) {
  test(`the head ${name} on 32 channels of 16×16 costs ${macs} MACs and has ${parameters} parameters`, (t) => {
    const graph = headGraph(HEAD_KINDS[name], [32, 16, 16], 10);
    t.is(totalMacs(graph), macs);
    t.is(parameterCount(graph), parameters);
    t.deepEqual(inferShapes(graph).get(graph.output), [10]);
  });
}

test('pooled features are recorded, and the whole map where a convolution comes first', (t) => {
  const recorded = (name: PooledHeadName): readonly number[] => {
    const graph = recordedGraph(HEAD_KINDS[name], [32, 16, 16]);
    return inferShapes(graph).get(graph.output)!;
  };
  t.deepEqual(recorded('linear'), [32]);
  t.deepEqual(recorded('paper'), [128]);
  t.deepEqual(recorded('mlp'), [512]);
  t.deepEqual(recorded('conv'), [32, 16, 16]);
});

test('the windows of a pooling see every pixel of a side, as many as are wanted and there', (t) => {
  const sizes = [fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 })] as const;
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.constantFrom('grid' as const, 'window' as const), ...sizes, (kind, size, pixels) => {
        const { count, kernel, stride } = poolingCells({ kind, size }, pixels);
        const seen = new Set<number>();
        for (let cell = 0; cell < count; cell++)
          for (let pixel = 0; pixel < kernel; pixel++) seen.add(cell * stride + pixel);
        const wanted = kind === 'grid' ? Math.min(size, pixels) : Math.max(1, Math.floor(pixels / size));
        return count === wanted && seen.size === pixels && Math.max(...seen) === pixels - 1;
      }),
    ),
  );
});
