import test from 'ava';
import { evenPadding } from '../../lib/network/graph-builder.js';
import { windowPixels } from '../../lib/training/gradients/patches.js';

test('windows of 2 by 2 with stride 2 see each pixel once, place by place', (t) => {
  const node = { kernel: [2, 2], stride: [2, 2], padding: evenPadding(0) } as const;
  t.deepEqual([...windowPixels(node, [2, 4], [1, 2])], [0, 2, 1, 3, 4, 6, 5, 7]);
});

test('what windows see beyond the image is one past its last pixel', (t) => {
  const node = {
    kernel: [1, 3],
    stride: [1, 1],
    padding: { top: 0, bottom: 0, left: 2, right: 0 },
  } as const;
  t.deepEqual([...windowPixels(node, [1, 2], [1, 2])], [2, 2, 2, 0, 0, 1]);
});
