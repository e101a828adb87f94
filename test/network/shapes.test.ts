import test from 'ava';
import fc from 'fast-check';
import { CascadeError } from '../../lib/errors.js';
import type { GraphNode, Shape } from '../../lib/network/graph.js';
import { inferShapes, outputShape } from '../../lib/network/shapes.js';

const NONE = { top: 0, bottom: 0, left: 0, right: 0 };

test('a window stands wherever it fits into the padded image', (t) => {
  const side = fc.integer({ min: 1, max: 12 });
  const small = fc.integer({ min: 1, max: 4 });
  const border = fc.integer({ min: 0, max: 3 });
  t.notThrows(() =>
    fc.assert(
      fc.property(side, small, small, border, border, (pixels, kernel, stride, before, behind) => {
        fc.pre(pixels + before + behind >= kernel);
        let places = 0;
        for (let start = -before; start + kernel <= pixels + behind; start += stride) places++;
        const node: GraphNode = {
          ...{ kind: 'max-pool', name: 'p', input: 'x', kernel: [kernel, 1], stride: [stride, 1] },
          padding: { ...NONE, top: before, bottom: behind },
        };
        t.deepEqual(outputShape(node, [[5, pixels, 7]]), [5, places, 7]);
      }),
    ),
  );
});

const NODES: readonly (readonly [GraphNode, Shape, Shape])[] = [
  [{ kind: 'global-average-pool', name: 'y', input: 'x' }, [3, 4, 5], [3]],
  [{ kind: 'flatten', name: 'y', input: 'x' }, [3, 4, 5], [60]],
  // Elements 0, 2 and 4 of five rows; 0, 3 of four columns.
  [{ kind: 'strided-slice', name: 'y', input: 'x', stride: [2, 3] }, [3, 5, 4], [3, 3, 2]],
  [
    { kind: 'pad', name: 'y', input: 'x', padding: { top: 1, bottom: 2, left: 3, right: 4 } },
    [3, 4, 5],
    [3, 7, 12],
  ],
  [{ kind: 'resize', name: 'y', input: 'x', size: [7, 2] }, [3, 4, 5], [3, 7, 2]],
  [{ kind: 'pad-channels', name: 'y', input: 'x', before: 1, after: 2 }, [3, 4, 5], [6, 4, 5]],
  [{ kind: 'linear', name: 'y', input: 'x', outputFeatures: 2, weight: 'w' }, [9], [2]],
  [{ kind: 'relu', name: 'y', input: 'x' }, [3, 4, 5], [3, 4, 5]],
];

for (const [node, input, output] of NODES) {
  test(`a node ${node.kind} makes [${output}] of [${input}]`, (t) => {
    t.deepEqual(outputShape(node, [input]), output);
  });
}

test('what does not fit names the node', (t) => {
  const refused = (nodes: readonly GraphNode[], message: string): void => {
    const graph = { input: 'x', inputShape: [3, 4, 5], nodes, output: 'y' };
    t.throws(() => inferShapes(graph), { instanceOf: CascadeError, message });
  };
  refused([{ kind: 'relu', name: 'y', input: 'z' }], 'The node y reads z, which nothing before it produces.');
  refused(
    [{ kind: 'linear', name: 'y', input: 'x', outputFeatures: 2, weight: 'w' }],
    'The node y (linear) takes a vector but is given the shape [3, 4, 5].',
  );
  refused(
    [
      { kind: 'global-average-pool', name: 'v', input: 'x' },
      { kind: 'add', name: 'y', inputs: ['x', 'v'] },
    ],
    'The node y adds values of the shapes [3, 4, 5] and [3].',
  );
  refused(
    [{ kind: 'max-pool', name: 'y', input: 'x', kernel: [5, 1], stride: [1, 1], padding: NONE }],
    'The node y (max-pool) takes at least 5×1 pixels but is given the shape [4, 5].',
  );
});
