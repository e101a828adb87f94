import test from 'ava';
import { beforeProbes } from '../../../../lib/cascade/attach/networks/before-probes.js';
import type { ImageSource } from '../../../../lib/data/image-source.js';
import { openEngine } from '../../../../lib/engine/open-engine.js';
import type { Network } from '../../../../lib/network/graph.js';

const NORMALIZATION = { mean: [0], std: [1] };
const PROBED = {
  classes: 2,
  labels: Uint16Array.of(0, 1, 0),
  exitLogits: [Float32Array.of(1, 0, 1, 0, 1, 0)],
  fullLogits: Float32Array.of(9, 0, 0, 9, 9, 0),
  costs: { backbone: [50], heads: [5], full: 100 },
};

/** Images of one pixel, as bright as ten times their number. */
const SOURCE: ImageSource = {
  name: 'pixels',
  count: 30,
  shape: [1, 1, 1],
  labels: new Uint16Array(30),
  async readImages(indices, into) {
    for (const [position, index] of Array.from(indices).entries()) into[position] = 10 * index;
  },
  close: async () => {},
};

/** Its logits are the pixel, and the pixel times a factor. */
function network(factor: number): Network {
  return {
    graph: {
      input: 'image',
      inputShape: [1, 1, 1],
      nodes: [
        { kind: 'flatten', name: 'flat', input: 'image' },
        { kind: 'linear', name: 'logits', input: 'flat', outputFeatures: 2, weight: 'weight' },
      ],
      output: 'logits',
    },
    parameters: new Map([['weight', { shape: [2, 1], data: Float32Array.of(1, factor) }]]),
  };
}

test('students come before probes as networks of a chain, on images that neither saw', async (t) => {
  const students = [2, 3].map((factor) => ({
    name: `student-${factor}`,
    network: network(factor),
    macs: 10 * factor,
    architecture: '',
    normalization: NORMALIZATION,
    heldOutAccuracy: 1,
    sha256: '',
    exits: [],
  }));
  // Of 50 fitting images students leave out two.
  const rows = Uint32Array.from({ length: 50 }, (_, place) => (place === 0 ? 7 : 4));
  const engine = await openEngine('onnxruntime');
  t.deepEqual(await beforeProbes(students, PROBED, { engine, source: SOURCE, rows }), {
    classes: 2,
    labels: Uint16Array.of(0, 1),
    exitLogits: [
      Float32Array.of(70, 140, 40, 80),
      Float32Array.of(70, 210, 40, 120),
      Float32Array.of(1, 0, 1, 0),
    ],
    fullLogits: Float32Array.of(9, 0, 0, 9),
    costs: { backbone: [20, 30, 50], heads: [0, 0, 5], full: 100, members: [0, 1, 2, 2] },
  });
});
